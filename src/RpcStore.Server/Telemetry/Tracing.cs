using System.Diagnostics;

namespace RpcStore.Server.Telemetry;

/// <summary>The spans that the server makes (spec/telemetry.md). They cost nothing while nobody takes them.</summary>
internal static class Tracing
{
    /// <summary>The name under which a collector finds the spans.</summary>
    public const string Name = "RpcStore";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins the span of a call.</summary>
    /// <returns>Null while nobody takes spans, or this one was not chosen.</returns>
    public static Activity? StartCall(string method)
    {
        if (!Source.HasListeners())
        {
            return null;
        }

        var activity = Source.StartActivity(method, ActivityKind.Server);
        activity?.SetTag("rpc.system.name", "jsonrpc");
        activity?.SetTag("rpc.method", method);
        return activity;
    }

    /// <summary>Names the span of a request after its route, which does not depend on who asks for what.</summary>
    public static void NameRequest(string method, string route)
    {
        if (Activity.Current is { } activity)
        {
            activity.DisplayName = $"{method} {route}";
            activity.SetTag("http.request.method", method);
            activity.SetTag("http.route", route);
        }
    }
}
