using System.Diagnostics;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Has calls of the kernel fail, or take long, in a server for as long as it is not disposed.</summary>
internal sealed class Injection : IAsyncDisposable
{
    private readonly Process strace;
    private readonly string trace;

    private Injection(Process strace, string trace)
    {
        this.strace = strace;
        this.trace = trace;
    }

    /// <summary>Whether a call was met.</summary>
    public bool HasMet => File.Exists(trace) && new FileInfo(trace).Length > 0;

    /// <summary>Begins; where the machine does not allow it, the test is skipped.</summary>
    /// <param name="server">Where calls are to fail.</param>
    /// <param name="folder">Takes the trace.</param>
    /// <param name="calls">The names of the calls, separated by commas; all of them are met.</param>
    /// <param name="what">What they meet, as <c>strace</c> writes it: <c>error=EIO</c>, <c>delay_enter=1s</c>.</param>
    public static async Task<Injection> BeginAsync(ServerProcess server, TemporaryFolder folder, string calls, string what)
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v strace || true")).Output.Length > 0, "strace is not installed.");
        File.Delete(folder.File("trace"));
        var known = string.Join(',', calls.Split(',').Select(call => "?" + call));
        var start = new ProcessStartInfo(
            "strace",
            ["-f", "-e", "trace=" + known, "-e", $"inject={known}:{what}", "-o", folder.File("trace"), "-p", $"{server.ProcessId}"])
        {
            RedirectStandardError = true,
        };
        var strace = Process.Start(start)!;
        var greeting = await strace.StandardError.ReadLineAsync() ?? "";
        Assert.SkipUnless(greeting.Contains("attached", StringComparison.Ordinal), $"strace may not watch the server: {greeting}");
        _ = strace.StandardError.ReadToEndAsync();
        return new Injection(strace, folder.File("trace"));
    }

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync("kill", ["-INT", $"{strace.Id}"]);
        await strace.WaitForExitAsync();
        strace.Dispose();
    }
}
