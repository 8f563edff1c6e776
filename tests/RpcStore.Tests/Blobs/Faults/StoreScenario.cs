using System.Formats.Tar;
using System.IO.Pipelines;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Digests;
using RpcStore.Tests.Blobs.Tar;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs.Faults;

/// <summary>
/// Everything that a client does with blobs, in steps that each can be made again, with a memory of what was acknowledged. A step
/// that returns has checked that its answer is right.
/// </summary>
/// <param name="store">The store as the server uses it.</param>
/// <param name="seed">Gives blobs that no other seed has.</param>
internal sealed class StoreScenario(IBlobStore store, int seed)
{
    private static readonly BatchLimits Limits = new(4 << 20, 1000, 64 << 20);

    private readonly BlobOperations operations = new(store, new NoBlobReferences(), 1 << 20);
    private readonly byte[] single = Bytes(5000, seed * 10);
    private readonly byte[][] batch = [Bytes(100, (seed * 10) + 1), Bytes(40_000, (seed * 10) + 2), Bytes(1_200_000, (seed * 10) + 3)];
    private readonly HashSet<BlobId> acknowledged = [];
    private readonly HashSet<BlobId> deleted = [];

    /// <summary>The steps by name, in their order.</summary>
    public IReadOnlyList<(string Name, Func<Task> RunAsync)> Steps =>
    [
        ("put", PutAsync),
        ("tar batch in", UploadAsync),
        ("has", FindAsync),
        ("stat", StatAsync),
        ("list", ListAsync),
        ("get", GetAsync),
        ("verify", VerifyAsync),
        ("tar batch out", DownloadAsync),
        ("usage", async () => Assert.True((await store.GetUsageAsync(default)).Blobs >= acknowledged.Count)),
        ("read all", CheckAsync),
        ("delete", DeleteAsync),
        ("has after delete", FindAsync),
        ("read all after delete", CheckAsync),
    ];

    private BlobId[] All => [IdOf(single), .. batch.Select(bytes => IdOf(bytes))];

    /// <summary>Every blob that was acknowledged is here with its bytes, and every one that was deleted is not.</summary>
    public async Task CheckAsync()
    {
        foreach (var bytes in batch.Append(single))
        {
            var id = IdOf(bytes);
            if (acknowledged.Contains(id))
            {
                Assert.True(await store.HasAsync(id));
                AssertSame(bytes, await store.ReadAsync(id));
            }
            else if (deleted.Contains(id))
            {
                Assert.False(await store.HasAsync(id));
                Assert.Null(await store.ReadAsync(id));
            }
        }
    }

    private async Task PutAsync()
    {
        var (id, _) = await operations.PutAsync(single, null, default);
        acknowledged.Add(id);
    }

    private async Task UploadAsync()
    {
        var tar = new TarBuilder().Blob(batch[0]).Blob(single).Blob(batch[1]).Blob(batch[2]).Blob(batch[0])
            .Entry(Absent(seed).ToString(), Bytes(50)).End().ToArray();
        var told = new OutcomeList();
        BatchOutcome outcome;
        try
        {
            outcome = await new BatchIngest(store, Limits).RunAsync(new MemoryStream(tar), told, static (_, _) => { }, default);
        }
        finally
        {
            foreach (var entry in told.Outcomes.Where(one => one.Status is BatchEntryStatus.Stored or BatchEntryStatus.Existing))
            {
                acknowledged.Add(entry.Entry.Id);
            }
        }

        Assert.Equal(told.Outcomes.Count, outcome.Stored + outcome.Existing + outcome.Failed);
        if (outcome.Error is { } error)
        {
            Assert.True(told.Outcomes.Count < 6, "A batch that failed gives the outcome of every entry.");
            throw error;
        }

        Assert.Equal((6, 1), (told.Outcomes.Count, outcome.Failed));
        Assert.Equal(BatchEntryStatus.Mismatch, told.Outcomes[5].Status);
    }

    private async Task FindAsync()
    {
        var ids = All;
        var present = new bool[ids.Length];
        await store.FindAsync(ids, present, default);
        AssertKnown(ids, place => present[place]);
    }

    private async Task StatAsync()
    {
        var ids = All;
        var infos = new BlobInfo?[ids.Length];
        await store.StatAsync(ids, infos, default);
        AssertKnown(ids, place => infos[place] is not null);
        Assert.All(batch.Append(single), bytes =>
            Assert.True(infos[Array.IndexOf(ids, IdOf(bytes))] is not { } info || info.Size == bytes.Length));
    }

    private async Task ListAsync()
    {
        var listed = (await store.ListAsync()).Select(info => info.Id).ToHashSet();
        AssertKnown(All, place => listed.Contains(All[place]));
    }

    private async Task GetAsync()
    {
        AssertSame(single, (await operations.GetAsync(IdOf(single), 0, null, default))!.Value.Data.ToArray());
        Assert.Equal(single[10..30], (await operations.GetAsync(IdOf(single), 10, 20, default))!.Value.Data.ToArray());
        Assert.Equal(batch[2][^20..], (await operations.GetAsync(IdOf(batch[2]), batch[2].Length - 20, 20, default))!.Value.Data.ToArray());
        AssertSame(batch[2], await store.ReadAsync(IdOf(batch[2])));
    }

    private async Task VerifyAsync()
    {
        foreach (var bytes in batch)
        {
            Assert.Equal((BlobVerdict.Ok, (long)bytes.Length), await operations.VerifyAsync(IdOf(bytes), default));
        }
    }

    private async Task DownloadAsync()
    {
        var export = new BatchExport(store);
        var plan = await export.PlanAsync(All, skipMissing: false, default);
        var received = new MemoryStream();
        var output = PipeWriter.Create(received, new StreamPipeWriterOptions(leaveOpen: true));
        try
        {
            await export.WriteAsync(plan, output, static (_, _) => { }, default);
        }
        catch
        {
            await output.CompleteAsync();
            Assert.True(received.Length < plan.TarBytes, "A tar that failed is as long as a whole one.");
            throw;
        }

        await output.CompleteAsync();
        Assert.Equal(plan.TarBytes, received.Length);
        received.Position = 0;
        await using var reader = new TarReader(received);
        foreach (var bytes in batch.Prepend(single))
        {
            var entry = (await reader.GetNextEntryAsync(copyData: true))!;
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content);
            Assert.Equal((IdOf(bytes).ToString(), true), (entry.Name, bytes.AsSpan().SequenceEqual(content.ToArray())));
        }
    }

    private async Task DeleteAsync()
    {
        // Nothing is promised of these from here on, whatever becomes of the call.
        var ids = All;
        acknowledged.ExceptWith(ids);
        Assert.DoesNotContain(BlobDeletionStatus.Referenced, await operations.DeleteAsync(ids, force: false, default));
        deleted.UnionWith(ids);
    }

    /// <summary>A comparison of whole blobs as spans: the walk makes thousands, and one by elements takes most of its time.</summary>
    private static void AssertSame(byte[] expected, byte[]? actual) => Assert.True(expected.AsSpan().SequenceEqual(actual));

    private void AssertKnown(BlobId[] ids, Func<int, bool> isKnown)
    {
        for (var place = 0; place < ids.Length; place++)
        {
            Assert.True(isKnown(place) || !acknowledged.Contains(ids[place]), $"{ids[place]} was acknowledged and is not known.");
            Assert.False(isKnown(place) && deleted.Contains(ids[place]), $"{ids[place]} was deleted and is known.");
        }
    }
}
