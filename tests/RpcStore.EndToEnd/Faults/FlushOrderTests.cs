using System.Diagnostics;
using System.Text.RegularExpressions;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>
/// What the server asks of the kernel, watched by <c>strace</c>: bytes are on the disk before they get their name, and names
/// before the answer is sent.
/// </summary>
public sealed partial class FlushOrderTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Calls = "rename,renameat,renameat2,unlink,fdatasync,fsync,syncfs,sendmsg,sendto";

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(200)]
    public async Task A_batch_is_flushed_before_its_renames_and_named_before_its_answer(int blobs)
    {
        using var client = new AdminClient(fixture.Socket);
        var batch = TestBlob.RandomMany(new Random(FaultRun.Seed + blobs), blobs, 5000);
        var trace = await TraceAsync(async () => Assert.Equal(200, (await client.PostBatchAsync(batch)).Status));
        AssertOrder(trace, blobs);
    }

    [Fact]
    public async Task A_put_is_flushed_before_its_rename_and_named_before_its_answer()
    {
        using var client = new AdminClient(fixture.Socket);
        var bytes = TestBlob.Random(new Random(FaultRun.Seed), 777).Bytes;
        AssertOrder(await TraceAsync(() => client.PutAsync(bytes)), 1);
    }

    [Fact]
    public async Task A_delete_is_flushed_before_its_answer()
    {
        using var client = new AdminClient(fixture.Socket);
        var blob = TestBlob.Random(new Random(FaultRun.Seed + 1), 778);
        await client.PutAsync(blob.Bytes);
        var trace = await TraceAsync(() => client.DeleteAsync(blob.Id));
        var unlink = trace.FindIndex(call => call.Name == "unlink" && call.Arguments.Contains("/sha256/", StringComparison.Ordinal));
        var flush = trace.FindIndex(unlink + 1, call => call.Name is "fsync" or "syncfs");
        Assert.InRange(unlink, 0, flush - 1);
        Assert.True(trace[unlink].End < trace[flush].Begin && trace[flush].End < Answer(trace).Begin, Text(trace));
    }

    private static void AssertOrder(List<Call> trace, int blobs)
    {
        var renames = trace.Where(call => call.Name.StartsWith("rename", StringComparison.Ordinal)).ToList();
        Assert.True(renames.Count == blobs, Text(trace));
        var first = renames.Min(call => call.Begin);
        var last = renames.Max(call => call.End);

        var dataFlushes = trace.Where(call => call.Name is "fdatasync" or "syncfs" && call.End < first).ToList();
        Assert.True(dataFlushes.Any(call => call.Name == "syncfs") || dataFlushes.Count == blobs, "Data before names:\n" + Text(trace));
        Assert.All(dataFlushes, call => Assert.Equal("0", call.Result));

        var nameFlushes = trace.Where(call => call.Name is "fsync" or "syncfs" && call.Begin > last).ToList();
        var folders = renames.Select(call => FolderOf(call.Arguments)).ToHashSet();
        Assert.True(
            nameFlushes.Any(call => call.Name == "syncfs") || folders.All(folder => nameFlushes.Any(call => call.Arguments.Contains($"{folder}>", StringComparison.Ordinal))),
            "Every folder with a new name is flushed:\n" + Text(trace));
        Assert.All(nameFlushes, call => Assert.Equal("0", call.Result));
        Assert.True(nameFlushes.Max(call => call.End) < Answer(trace).Begin, "Names before the answer:\n" + Text(trace));
    }

    /// <summary>The first bytes of the answer.</summary>
    private static Call Answer(List<Call> trace) => trace.First(IsAnswer);

    private static bool IsAnswer(Call call) =>
        call.Name.StartsWith("send", StringComparison.Ordinal) && call.Arguments.Contains("HTTP/1.1 200", StringComparison.Ordinal);

    private static string FolderOf(string renameArguments)
    {
        var to = renameArguments.Split('"')[3];
        return to[..to.LastIndexOf('/')];
    }

    private static string Text(List<Call> trace) => string.Join('\n', trace);

    private async Task<List<Call>> TraceAsync(Func<Task> action)
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v strace || true")).Output.Length > 0, "strace is not installed.");
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo(
            "strace", ["-f", "-y", "-s", "200", "-e", "trace=" + Calls, "-o", folder.File("trace"), "-p", $"{fixture.Server.ProcessId}"])
        {
            RedirectStandardError = true,
        };
        using var strace = Process.Start(start)!;
        var greeting = await strace.StandardError.ReadLineAsync() ?? "";
        Assert.SkipUnless(greeting.Contains("attached", StringComparison.Ordinal), $"strace may not watch the server: {greeting}");
        _ = strace.StandardError.ReadToEndAsync();
        await action();

        // The client may have the answer before strace has written that it was sent.
        await Eventually.HoldsAsync(
            async () => Parse(await File.ReadAllLinesAsync(folder.File("trace"))).Any(IsAnswer), "The trace has no answer.");
        await Command.RunAsync("kill", ["-INT", $"{strace.Id}"]);
        await strace.WaitForExitAsync();
        return Parse(await File.ReadAllLinesAsync(folder.File("trace")));
    }

    /// <summary>Lines as <c>strace -f</c> writes them; a call that another thread interrupts has one where it begins and one where it ends.</summary>
    private static List<Call> Parse(string[] lines)
    {
        var calls = new List<Call>();
        var open = new Dictionary<string, (int Begin, string Name, string Head)>();
        for (var at = 0; at < lines.Length; at++)
        {
            if (Whole().Match(lines[at]) is { Success: true } whole)
            {
                calls.Add(new(whole.Groups[2].Value, whole.Groups[3].Value, whole.Groups[4].Value, at, at));
            }
            else if (Begun().Match(lines[at]) is { Success: true } begun)
            {
                open[begun.Groups[1].Value] = (at, begun.Groups[2].Value, begun.Groups[3].Value);
            }
            else if (Resumed().Match(lines[at]) is { Success: true } resumed && open.Remove(resumed.Groups[1].Value, out var from))
            {
                calls.Add(new(from.Name, from.Head + resumed.Groups[2].Value, resumed.Groups[3].Value, from.Begin, at));
            }
        }

        return [.. calls.OrderBy(call => call.Begin)];
    }

    [GeneratedRegex(@"^(\d+)\s+(\w+)\((.*)\)\s+= (-?\d+)")]
    private static partial Regex Whole();

    [GeneratedRegex(@"^(\d+)\s+(\w+)\((.*) <unfinished \.\.\.>$")]
    private static partial Regex Begun();

    [GeneratedRegex(@"^(\d+)\s+<\.\.\. \w+ resumed>(.*)\)\s+= (-?\d+)")]
    private static partial Regex Resumed();

    /// <summary>A call of the kernel, with the lines of the trace where it begins and ends.</summary>
    private sealed record Call(string Name, string Arguments, string Result, int Begin, int End);
}
