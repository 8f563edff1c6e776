using System.Diagnostics;

namespace RpcStore.Server.Telemetry;

/// <summary>One call that is measured, and traced where somebody wants traces.</summary>
internal readonly struct CallObservation
{
    private readonly CallTally tally;
    private readonly long startedAt;
    private readonly Activity? activity;

    private CallObservation(CallTally tally, Activity? activity)
    {
        this.tally = tally;
        this.activity = activity;
        startedAt = Stopwatch.GetTimestamp();
    }

    /// <summary>Begins; what runs now is a part of it until <see cref="Leave"/>.</summary>
    public static CallObservation Begin(CallTally tally) => new(tally, Tracing.StartCall(tally.Method));

    /// <summary>What runs from now on in this flow is no part of it, though it goes on.</summary>
    public void Leave()
    {
        if (activity is not null)
        {
            Activity.Current = activity.Parent;
        }
    }

    /// <summary>It ended.</summary>
    /// <param name="error">The name of the error that it ended with; null when it went well.</param>
    public void End(string? error)
    {
        tally.Count(startedAt, error);
        if (activity is null)
        {
            return;
        }

        if (error is not null)
        {
            activity.SetTag("error.type", error);
            activity.SetStatus(ActivityStatusCode.Error);
        }

        activity.Dispose();
    }
}
