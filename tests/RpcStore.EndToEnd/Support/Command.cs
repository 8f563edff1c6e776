using System.Diagnostics;
using System.Text;

namespace RpcStore.EndToEnd.Support;

/// <summary>What a program printed and how it ended.</summary>
internal sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of standard output, without the last line break.</summary>
    public string[] Lines => Output.Length == 0 ? [] : Output.TrimEnd('\n').Split('\n');

    public CommandResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n--- stdout\n{Output}\n--- stderr\n{Error}");
        return this;
    }
}

/// <summary>Runs programs as a shell would.</summary>
internal static class Command
{
    // A program that hangs fails its test instead of the whole run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    public static Task<CommandResult> RpcStoreAsync(params string[] arguments) => RunAsync(Repository.Command, arguments);

    public static Task<CommandResult> ShellAsync(
        string script, IReadOnlyDictionary<string, string>? environment = null, TimeSpan? patience = null) =>
        RunAsync("bash", ["-euo", "pipefail", "-c", script], environment: environment, limit: patience);

    public static async Task<CommandResult> RunAsync(
        string program,
        IEnumerable<string> arguments,
        byte[]? input = null,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? limit = null)
    {
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(limit ?? Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await FeedAsync(process, input, patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return new CommandResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', start.ArgumentList)} did not end within {limit ?? Patience}.");
        }
    }

    private static async Task FeedAsync(Process process, byte[]? input, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input ?? [], cancellationToken);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // The program ended without reading all of it; its exit code tells whether that was right.
        }
    }
}
