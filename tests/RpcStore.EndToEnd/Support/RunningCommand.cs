using System.Diagnostics;

namespace RpcStore.EndToEnd.Support;

/// <summary>A program that runs until it is asked to stop, and what it prints meanwhile.</summary>
internal sealed class RunningCommand : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    private RunningCommand(Process process) => this.process = process;

    public static RunningCommand Start(string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        // A shell has what it starts in the background ignore Ctrl-C, nohup the hang-up, and the tests may have been started so.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,HUP", program, .. arguments])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new RunningCommand(Process.Start(start)!);
    }

    /// <summary>The next line that it prints.</summary>
    public async Task<string> ReadLineAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await process.StandardOutput.ReadLineAsync(patience.Token)
            ?? throw new InvalidOperationException("It ended instead of printing a line.");
    }

    /// <summary>Presses Ctrl-C and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> InterruptAsync()
    {
        (await Command.RunAsync("kill", ["-INT", process.Id.ToString()])).ShouldSucceed();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
