using System.Diagnostics;
using Xunit;

namespace RpcStore.Tests.Support;

/// <summary>
/// Runs an explicit test of this assembly in a process of its own and kills it (SIGKILL) in the middle. The process writes a
/// line for each thing that it relies on.
/// </summary>
public static class DyingProcess
{
    private const string FolderVariable = "RPCSTORE_TEST_DYING_FOLDER";
    private const string FileName = "acknowledged";

    // A process that never gets there fails its test instead of the whole run.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Lets a test run until it has written some lines, kills it, and returns all whole lines that it wrote.</summary>
    public static async Task<IReadOnlyList<string>> RunAsync(Type type, string test, string folder, int lines)
    {
        var file = Path.Combine(folder, FileName);
        File.WriteAllText(file, "");
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "RpcStore.Tests"), ["-noColor", "-explicit", "only", "-method", $"{type.FullName}.{test}"])
        {
            RedirectStandardOutput = true,
            Environment = { [FolderVariable] = folder },
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        while (ReadLines(file).Count < lines)
        {
            Assert.False(process.HasExited && ReadLines(file).Count < lines, process.HasExited ? await output : "");
            await Task.Delay(5, patience.Token);
        }

        process.Kill();
        await process.WaitForExitAsync(patience.Token);
        return ReadLines(file);
    }

    /// <summary>What the test that dies does: something endless, that tells what it relies on.</summary>
    /// <param name="live">Gets the folder, and what writes a line; safe to use from any thread.</param>
    public static async Task LiveAsync(Func<string, Action<string>, Task> live)
    {
        var folder = Environment.GetEnvironmentVariable(FolderVariable);
        Assert.SkipWhen(folder is null, "This runs in a process of its own.");
        using var file = new FileStream(Path.Combine(folder!, FileName), FileMode.Append, FileAccess.Write, FileShare.ReadWrite, 0);
        await live(folder!, line =>
        {
            lock (file)
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(line + "\n"));
            }
        });
    }

    private static List<string> ReadLines(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var text = new StreamReader(stream).ReadToEnd();
        return [.. text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
