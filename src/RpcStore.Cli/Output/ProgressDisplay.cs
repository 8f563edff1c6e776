using RpcStore.Client.Bulk;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace RpcStore.Cli.Output;

/// <summary>Draws a bar. Apart from <see cref="ProgressBar"/>, so that the library that draws is loaded only to draw.</summary>
internal static class ProgressDisplay
{
    // With it the figures of ten thousand blobs and their terabytes fit into the 80 columns that every terminal has.
    private const int BarWidth = 16;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Draws until <paramref name="ended"/>.</summary>
    public static Task RunAsync(string title, ProgressBar bar, Task ended)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return console.Progress()
            .AutoClear(true)
            .HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn { Width = BarWidth }, new FigureColumn(bar), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title));
                while (!ended.IsCompleted)
                {
                    Update(task, bar.Latest);
                    await Task.WhenAny(ended, Task.Delay(Pause));
                }
            });
    }

    private static void Update(ProgressTask task, TransferProgress progress)
    {
        // A bar that counts bytes hardly moves while a thousand small blobs are sent, and one that counts blobs while a
        // large one is: both count, a blob as 4 KiB.
        const double BlobWeight = 4096;
        var total = progress.TotalBytes + (progress.TotalItems * BlobWeight);
        task.IsIndeterminate = total == 0 || !progress.TotalsAreFinal;
        task.MaxValue = Math.Max(total, 1);
        task.Value = progress.Bytes + (Math.Min(progress.Items, progress.TotalItems) * BlobWeight);
    }

    /// <summary>Blobs and bytes so far, and their totals where those are known.</summary>
    private sealed class FigureColumn(ProgressBar bar) : ProgressColumn
    {
        protected override bool NoWrap => true;

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime)
        {
            var progress = bar.Latest;
            var items = progress.TotalItems > 0 ? $"{Text.Count(progress.Items)}/{Text.Count(progress.TotalItems)} blobs  " : "";
            var total = progress.TotalBytes > 0 ? $"/{Text.Size(progress.TotalBytes)}" : "";
            return new Spectre.Console.Text($"{items}{Text.Size(progress.Bytes)}{total}");
        }
    }
}
