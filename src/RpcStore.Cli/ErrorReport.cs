using System.Text.Json.Nodes;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Cli;

/// <summary>What an exception means to the person who typed the command: one line and an exit code.</summary>
internal static class ErrorReport
{
    /// <summary>Set to 1 to see where an error comes from.</summary>
    public const string DebugVariable = "RPCSTORE_DEBUG";

    /// <summary>Says what went wrong.</summary>
    /// <returns>The exit code.</returns>
    public static ExitCode Tell(Exception e, bool wasInterrupted)
    {
        if (e is OutputClosedException)
        {
            return ExitCode.OutputClosed;
        }

        if (e is OperationCanceledException && wasInterrupted)
        {
            return ExitCode.Interrupted;
        }

        CommandOutput.Complain(Explain(e));
        if (Environment.GetEnvironmentVariable(DebugVariable) == "1")
        {
            Console.Error.WriteLine(e);
        }

        return CodeOf(e);
    }

    /// <summary>The exit code of an error.</summary>
    public static ExitCode CodeOf(Exception e) => e switch
    {
        UsageException => ExitCode.Usage,
        CannotConnectException or RpcConnectionLostException => ExitCode.Unreachable,
        RpcException { Error.Code: ErrorCodes.NotFound or ErrorCodes.DigestMismatch or ErrorCodes.PreconditionFailed } or BlobCorruptException => ExitCode.No,
        RpcException or InvalidDataException => ExitCode.ServerError,
        _ => ExitCode.Failed,
    };

    /// <summary>The line.</summary>
    public static string Explain(Exception e) => e is RpcException error ? Explain(error.Error) : e.Message;

    /// <summary>The message of an error of the server, with what its data say beyond it.</summary>
    public static string Explain(RpcError error)
    {
        var text = error.Message;
        foreach (var detail in Details(error.Data as JsonObject))
        {
            if (!text.Contains(detail, StringComparison.Ordinal))
            {
                text += (text == error.Message ? ": " : ", ") + detail;
            }
        }

        return text;
    }

    private static IEnumerable<string> Details(JsonObject? data)
    {
        foreach (var name in (string[])["method", "pointer", "reason", "id", "actual", "limit", "maximum", "state", "reference"])
        {
            if (data?[name] is JsonValue value)
            {
                yield return value.ToString();
            }
        }

        if (data?["missing"] is JsonArray { Count: > 0 } missing)
        {
            const int MostShown = 3;
            foreach (var id in missing.Take(MostShown))
            {
                yield return id?.ToString() ?? "";
            }

            if (missing.Count > MostShown)
            {
                yield return "…";
            }
        }
    }
}
