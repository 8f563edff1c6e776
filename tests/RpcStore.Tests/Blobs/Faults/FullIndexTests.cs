using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Directory;
using RpcStore.Core.Blobs.Index;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs.Faults;

/// <summary>An index that should become larger on a disk that has no room for it.</summary>
public sealed class FullIndexTests : IDisposable
{
    private const int Slots = 1 << 16;
    private static readonly Guid Boot = Guid.Parse(File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    private readonly TemporaryDirectory temporary = new();
    private bool isMounted;

    private string Blobs => temporary.Combine("data", "blobs");

    private string Index => Path.Combine(Blobs, "index");

    public void Dispose()
    {
        if (isMounted)
        {
            Tool.Run("umount", null, "-l", Blobs);
        }

        temporary.Dispose();
    }

    [Fact]
    public void It_stays_usable_gets_fuller_and_grows_when_there_is_room_again()
    {
        Mount();
        using var index = BlobIndex.Open(Index, Boot);
        var filler = Fill(index, Slots * 8 / 10);
        Assert.Equal(["index"], Directory.GetFileSystemEntries(Blobs).Select(Path.GetFileName));
        Assert.Equal(Slots * 8 / 10, index.Blobs);
        Assert.All(Presence(index, filler), Assert.True);

        // What is in the directory already gets in further than what is new.
        filler = Fill(index, (Slots * 9 / 10) - (int)index.Blobs, from: filler.Length);
        var error = Assert.Throws<StoreException>(() => index.Reserve(100));
        Assert.Equal(Fault.Full, error.Fault);
        index.Add([Info(1_000_000)]);
        Assert.Equal([true], Presence(index, [Id(1_000_000)]));
        Assert.Equal([false], Presence(index, [Id(2_000_000)]));

        Tool.Run("mount", null, "-o", "remount,size=32m", Blobs);
        index.Reserve(100);
        Assert.True(new FileInfo(Index).Length > Slots * 2 * 48);
        Assert.All(Presence(index, [.. filler, Id(1_000_000)]), Assert.True);
        Assert.Equal((Slots * 9 / 10) + 1, index.Blobs);
    }

    [Fact]
    public async Task A_blob_that_the_index_has_no_place_for_is_refused_before_it_gets_its_name()
    {
        using var data = DataDirectory.Open(temporary.Combine("data"));
        Mount();
        using (var index = BlobIndex.Open(Index, Boot))
        {
            Fill(index, (Slots * 9 / 10) - 3);
        }

        await using var store = await DirectoryBlobStore.OpenAsync(data, 1 << 30, TimeProvider.System, default);
        var stored = new List<BlobId>();
        StoreException? error = null;
        for (var seed = 0; error is null; seed++)
        {
            Assert.True(seed < 10, "The index never gets full.");
            error = await TryPutAsync(store, Bytes(10, seed), stored);
        }

        Assert.Equal(Fault.Full, error.Fault);
        Assert.Equal(2, stored.Count);
        Assert.Equal(["blake2b", "incoming", "index", "quarantine", "sha256"], Directory.GetFileSystemEntries(Blobs).Select(Path.GetFileName).Order());
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(Blobs, "incoming")));
        Assert.Equal(stored.Append(BlobId.EmptySha256).Order(), (await store.ListAsync()).Select(info => info.Id));
        foreach (var id in stored)
        {
            Assert.True(await store.HasAsync(id));
            Assert.Equal(10, (await store.ReadAsync(id))!.Length);
        }

        // A blob that is deleted makes no room for another one, but what has a place goes on.
        Assert.True(await store.RemoveAsync(stored[0]));
        Assert.False(await store.HasAsync(stored[0]));
        Tool.Run("mount", null, "-o", "remount,size=32m", Blobs);
        Assert.Null(await TryPutAsync(store, Bytes(10, 99), stored));
        Assert.True(await store.HasAsync(stored[^1]));
    }

    private static async Task<StoreException?> TryPutAsync(DirectoryBlobStore store, byte[] bytes, List<BlobId> stored)
    {
        try
        {
            stored.Add(await store.PutAsync(bytes));
            return null;
        }
        catch (StoreException e)
        {
            Assert.False(await store.HasAsync(IdOf(bytes)));
            return e;
        }
    }

    /// <summary>A disk that has room for the first index and for some small blobs, and not for one of twice the size.</summary>
    private void Mount()
    {
        Directory.CreateDirectory(Blobs);
        try
        {
            Tool.Run("mount", null, "-t", "tmpfs", "-o", "size=4m", "none", Blobs);
            isMounted = true;
        }
        catch (Xunit.Sdk.TrueException e)
        {
            Assert.Skip($"This machine does not let tests mount a file system: {e.Message}");
        }
    }

    private static BlobId[] Fill(BlobIndex index, int count, int from = 0)
    {
        foreach (var chunk in Enumerable.Range(from, count).Select(Info).Chunk(1000))
        {
            index.Reserve(chunk.Length);
            index.AddReserved(chunk);
            index.Release(chunk.Length);
        }

        return [.. Enumerable.Range(0, from + count).Select(Id)];
    }

    private static bool[] Presence(BlobIndex index, BlobId[] ids)
    {
        var present = new bool[ids.Length];
        index.Find(ids, present);
        return present;
    }

    private static BlobInfo Info(int number) => new(Id(number), number, DateTimeOffset.UnixEpoch);

    private static BlobId Id(int number) => IdOf(BitConverter.GetBytes(number));
}
