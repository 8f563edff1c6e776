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
    // The larger the reads, the fewer the calls, and the fewer rounds a walk has.
    private const int ReadBytes = 1 << 20;

    private static readonly BatchLimits Limits = new(4 << 20, 1000, 64 << 20);
    private static readonly byte[] Noise = Bytes(1_100_000);

    private readonly BlobOperations operations = new(store, new BlobRetention(), 1 << 20);
    private readonly Blob single = new(5000, seed * 10);
    private readonly Blob[] batch = [new(100, (seed * 10) + 1), new(40_000, (seed * 10) + 2), new(1_100_000, (seed * 10) + 3)];
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

    private BlobId[] All => [single.Id, .. batch.Select(blob => blob.Id)];

    /// <summary>Every blob that was acknowledged is here with its bytes, and every one that was deleted is not.</summary>
    public async Task CheckAsync()
    {
        foreach (var (id, bytes) in batch.Append(single).Select(blob => (blob.Id, blob.Bytes)))
        {
            if (acknowledged.Contains(id))
            {
                Assert.True(await store.HasAsync(id));
                AssertSame(bytes, await store.ReadAsync(id, ReadBytes));
            }
            else if (deleted.Contains(id))
            {
                Assert.False(await store.HasAsync(id));
                Assert.Null(await store.ReadAsync(id, ReadBytes));
            }
        }
    }

    private async Task PutAsync()
    {
        var (id, _) = await operations.PutAsync(single.Bytes, null, default);
        acknowledged.Add(id);
    }

    private async Task UploadAsync()
    {
        var tar = new TarBuilder().Blob(batch[0].Bytes).Blob(single.Bytes).Blob(batch[1].Bytes)
            .Blob(batch[2].Bytes).Blob(batch[0].Bytes)
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
        Assert.All(batch.Append(single), blob =>
            Assert.True(infos[Array.IndexOf(ids, blob.Id)] is not { } info || info.Size == blob.Bytes.Length));
    }

    private async Task ListAsync()
    {
        var ids = All;
        var listed = (await store.ListAsync()).Select(info => info.Id).ToHashSet();
        AssertKnown(ids, place => listed.Contains(ids[place]));
    }

    private async Task GetAsync()
    {
        AssertSame(single.Bytes, await GetAsync(single.Id, 0, null));
        AssertSame(single.Bytes[10..30], await GetAsync(single.Id, 10, 20));
        AssertSame(batch[2].Bytes[^20..], await GetAsync(batch[2].Id, batch[2].Bytes.Length - 20, 20));
        AssertSame(batch[2].Bytes, await store.ReadAsync(batch[2].Id, ReadBytes));
    }

    private async Task<byte[]> GetAsync(BlobId id, long offset, int? length) =>
        (await operations.GetAsync(id, offset, length, default))!.Value.Data.ToArray();

    private async Task VerifyAsync()
    {
        foreach (var blob in batch)
        {
            Assert.Equal((BlobVerdict.Ok, (long)blob.Bytes.Length), await operations.VerifyAsync(blob.Id, default));
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
        foreach (var blob in batch.Prepend(single))
        {
            var entry = (await reader.GetNextEntryAsync(copyData: true))!;
            using var content = new MemoryStream();
            await entry.DataStream!.CopyToAsync(content);
            Assert.Equal(blob.Id.ToString(), entry.Name);
            AssertSame(blob.Bytes, content.ToArray());
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

    /// <summary>A blob that no other number has. Its id is computed once: the walk asks for it very often.</summary>
    private sealed class Blob
    {
        public Blob(int size, int number)
        {
            Bytes = Noise[..size];
            BitConverter.TryWriteBytes(Bytes, number);
            Id = IdOf(Bytes);
        }

        public BlobId Id { get; }

        public byte[] Bytes { get; }
    }
}
