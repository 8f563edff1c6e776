using RpcStore.Client.Bulk;

namespace RpcStore.Cli.Output;

/// <summary>
/// Shows a person how far something is, on standard error, when it takes longer than a moment. Disposing it takes the bar
/// away. Without somebody to see it, it is nothing.
/// </summary>
internal sealed class ProgressBar : IProgress<TransferProgress>, IAsyncDisposable
{
    // What is over sooner needs no bar.
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(300);

    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock gate = new();
    private readonly Task showing;
    private TransferProgress latest;

    private ProgressBar(CommandOutput output, string title) =>
        showing = output.ShowsProgress ? ShowAsync(title) : Task.CompletedTask;

    /// <summary>How far it is.</summary>
    public TransferProgress Latest
    {
        get
        {
            lock (gate)
            {
                return latest;
            }
        }
    }

    /// <summary>Begins to show something.</summary>
    /// <param name="output">Knows whether anybody sees it.</param>
    /// <param name="title">What is going on, such as <c>Uploading</c>.</param>
    public static ProgressBar Start(CommandOutput output, string title) => new(output, title);

    /// <inheritdoc/>
    public void Report(TransferProgress value)
    {
        lock (gate)
        {
            latest = value;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        ended.TrySetResult();
        await showing;
    }

    private async Task ShowAsync(string title)
    {
        if (await Task.WhenAny(ended.Task, Task.Delay(Moment)) != ended.Task)
        {
            await ProgressDisplay.RunAsync(title, this, ended.Task);
        }
    }
}
