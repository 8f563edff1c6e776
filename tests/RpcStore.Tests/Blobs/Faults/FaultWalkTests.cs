using Microsoft.Extensions.Logging.Abstractions;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Server.Endpoints;
using Xunit;

namespace RpcStore.Tests.Blobs.Faults;

/// <summary>
/// A fault at the first call of the store, then at the second, and so on, until everything that a client does goes through
/// without meeting it. Each is told under its name, loses nothing that was acknowledged, and is over when the call is made again.
/// </summary>
public sealed class FaultWalkTests : IDisposable
{
    private const int EnoughCalls = 30;

    private static readonly Dictionary<string, (Func<Exception>? Make, string Error)> Faults = new()
    {
        ["full"] = (() => new StoreException(Fault.Full, "full"), "insufficientStorage"),
        ["unavailable"] = (() => new StoreException(Fault.Unavailable, "away"), "unavailable"),
        ["conflict"] = (() => new StoreException(Fault.Conflict, "not now"), "conflict"),
        ["too large"] = (() => new StoreException(Fault.TooLarge, "too large"), "tooLarge"),
        ["EIO"] = (() => new IOException("Input/output error", 5), "unavailable"),
        ["EROFS"] = (() => new IOException("Read-only file system", 30), "unavailable"),
        ["ENOSPC"] = (() => new IOException("No space left on device", 28), "insufficientStorage"),
        ["EDQUOT"] = (() => new IOException("Disk quota exceeded", 122), "insufficientStorage"),
        ["ENOENT"] = (() => new DirectoryNotFoundException("No such file or directory"), "unavailable"),
        ["EACCES"] = (() => new UnauthorizedAccessException("Permission denied"), "unavailable"),
        ["cancelled"] = (() => new OperationCanceledException(), "requestCancelled"),
        ["short read"] = (null, ""),
    };

    private readonly StoreDirectory directory = new();
    private readonly ErrorMapper errors = new(NullLogger<ErrorMapper>.Instance);

    /// <summary>A fault of each kind; with <c>RPCSTORE_LONG=1</c> all.</summary>
    public static TheoryData<string> Names => Environment.GetEnvironmentVariable("RPCSTORE_LONG") == "1"
        ? [.. Faults.Keys]
        : ["full", "EIO", "ENOENT", "cancelled", "short read"];

    /// <summary>A short read is the same before and after.</summary>
    public static TheoryData<string> NamesOfErrors => [.. Names.Select(row => row.Data).Where(name => Faults[name].Make is not null)];

    public void Dispose() => directory.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public Task Each_call_in_turn_fails_without_having_done_anything(string fault) => WalkAsync(fault, FaultMoment.Before);

    [Theory]
    [MemberData(nameof(NamesOfErrors))]
    public Task Each_call_in_turn_fails_after_it_was_done(string fault) => WalkAsync(fault, FaultMoment.After);

    private async Task WalkAsync(string name, FaultMoment moment)
    {
        var (fault, error) = Faults[name];
        var script = new FaultScript(moment, fault);

        // The one fault that a disk is known for is met by the store of files, which flushes; the others by the fast one.
        IBlobStore behind = name == "EIO" ? await directory.OpenAsync() : new MemoryBlobStore();
        await using var store = new EmptyBlobStore(new VerifyingBlobStore(new FaultyBlobStore(behind, script)));
        var members = new HashSet<string>();
        var number = 0;
        do
        {
            Assert.True(number < 500, "The walk does not end.");

            // Each round has blobs of its own, so that no round finds the work of another done.
            var scenario = new StoreScenario(store, ++number);
            script.Arm(number);
            foreach (var (step, runAsync) in scenario.Steps)
            {
                await StepAsync($"{step}, call {number}, {name}", runAsync, script, error);
            }

            script.Disarm();
            await scenario.CheckAsync();
            Assert.True(behind is MemoryBlobStore || Directory.GetFileSystemEntries(Path.Combine(directory.Blobs, "incoming")).Length == 0);
            members.Add(script.Struck ?? "");
        }
        while (script.Struck is not null);

        TestContext.Current.TestOutputHelper?.WriteLine($"{number - 1} calls");
        Assert.True(number > (fault is null ? EnoughCalls / 4 : EnoughCalls), $"The walk ended after {number} calls.");
        string[] all = fault is null
            ? ["a short read", ""]
            : ["FindAsync", "StatAsync", "ListAsync", "OpenAsync", "RemoveAsync", "GetUsageAsync", "BlobWriteBatch.AddAsync", "BlobWriteBatch.CommitAsync", "BlobReader.ReadAsync", ""];
        Assert.Equal(all.Order(), members.Order());
    }

    private async Task StepAsync(string step, Func<Task> runAsync, FaultScript script, string error)
    {
        var before = script.Struck;
        try
        {
            await runAsync();
        }
        catch (Exception e) when (e is not Xunit.Sdk.IAssertionException)
        {
            Assert.True(before is null && script.Struck is not null, $"{step} fails by itself: {e}");
            Assert.Equal((step, error), (step, (string?)errors.Map(e, step).Data!["name"]));

            // A fault that is over leaves nothing behind.
            await runAsync();
        }
    }
}
