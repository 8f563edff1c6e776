using System.Runtime.InteropServices;

namespace RpcStore.Cli;

/// <summary>
/// Turns Ctrl-C and the request to terminate into a cancellation, so that a command ends in order. The second one hurries a
/// command that asked for that, and ends the process of any other at once; so does the third.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource source = new();
    private readonly PosixSignalRegistration[] signals;
    private CancellationTokenSource? hurry;

    /// <summary>Begins to listen.</summary>
    public Interruption() => signals =
    [
        PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
    ];

    /// <summary>Fires at the first signal.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>Whether there was a signal.</summary>
    public bool HasHappened => source.IsCancellationRequested;

    /// <summary>From now on the second signal fires the token that this gives, instead of ending the process.</summary>
    public CancellationToken AskForHurry() => (hurry ??= new CancellationTokenSource()).Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var signal in signals)
        {
            signal.Dispose();
        }

        source.Dispose();
        hurry?.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        if (!source.IsCancellationRequested)
        {
            signal.Cancel = true;
            source.Cancel();
        }
        else if (hurry is { IsCancellationRequested: false })
        {
            signal.Cancel = true;
            hurry.Cancel();
        }
    }
}
