using RpcStore.EndToEnd.Support;
using static RpcStore.EndToEnd.Faults.DiskTools;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Calls of the kernel that fail under the running server, one kind after another, by the hand of <c>strace</c>.</summary>
public sealed class SystemCallTests(KeptServer kept) : ServerTests(kept), IClassFixture<KeptServer>
{
    [Theory]
    [InlineData("syncfs", "EIO", "unavailable")]
    [InlineData("syncfs", "ENOSPC", "insufficientStorage")]
    [InlineData("fsync", "EIO", "unavailable")]
    [InlineData("fallocate", "ENOSPC", "insufficientStorage")]
    [InlineData("fallocate", "EIO", "unavailable")]
    [InlineData("rename,renameat,renameat2", "EIO", "unavailable")]
    [InlineData("rename,renameat,renameat2", "ENOSPC", "insufficientStorage")]
    [InlineData("rename,renameat,renameat2", "EROFS", "unavailable")]
    [InlineData("mkdir,mkdirat", "EIO", "unavailable")]
    [InlineData("mkdir,mkdirat", "ENOSPC", "insufficientStorage")]
    [InlineData("statx", "EIO", "unavailable")]
    [InlineData("pread64", "EIO", "unavailable")]
    [InlineData("getdents64", "EIO", "unavailable")]
    [InlineData("unlink", "EIO", "unavailable")]
    [InlineData("unlink", "EROFS", "unavailable")]
    public async Task A_kind_of_call_that_fails_is_told_by_its_name_and_loses_nothing(string calls, string error, string name)
    {
        var kept = TestBlob.RandomMany(Random, 8, 5000);
        Assert.Equal(200, (await Client.PostBatchAsync(kept)).Status);
        await WarmUpAsync();
        var single = TestBlob.Random(Random, 3000);
        var large = TestBlob.Random(Random, 1_500_000);
        var batch = TestBlob.RandomMany(Random, 8, 5000);
        var names = new List<string?>();
        await using (await Injection.BeginAsync(Server, Folder, calls, "error=" + error))
        {
            names.Add(await TryPutAsync(Client, single));
            names.Add(NameOf((await Client.PostBatchAsync(batch)).Body));
            names.Add(NameOf((await Client.PostBatchAsync([large])).Body));
            names.Add(await TryAsync(() => Client.GetAsync(kept[0].Id)));
            names.Add(await TryAsync(Client.ListAsync));
            names.Add(await TryAsync(() => Client.DeleteAsync(kept[1].Id)));
        }

        Assert.Contains(name, names);
        Assert.All(names, one => Assert.True(one is null || one == name, string.Join(' ', names)));

        // Whatever was refused goes through when it is tried again.
        Assert.Null(await TryPutAsync(Client, single));
        Assert.Equal(200, (await Client.PostBatchAsync([.. batch, large])).Status);
        await Client.DeleteAsync(kept[1].Id);
        await AssertReadableAsync(Client, [.. kept[2..], kept[0], single, large, .. batch]);

        // A note on a name that was not flushed waits for the next start.
        Assert.Equal(0, await Server.StopAsync());
        await RestartAsync();
        await StoredFiles.ShouldAgreeWithAsync(Server.Data, Client, [kept[1].Id]);
        await AssertReadableAsync(Client, [.. kept[2..], kept[0], single, large, .. batch]);
    }

    /// <summary>
    /// What blobs are written with, the catalog is written with as well: a change that could not be recorded is refused. Its
    /// own failure is told only where the journal was found to fail in its middle.
    /// </summary>
    [Theory]
    [InlineData("fdatasync", "EIO", "unavailable")]
    [InlineData("fdatasync", "ENOSPC", "insufficientStorage")]
    [InlineData("pwrite64", "EIO", "unavailable")]
    [InlineData("pwrite64", "ENOSPC", "insufficientStorage")]
    [InlineData("pwrite64", "EDQUOT", "insufficientStorage")]
    public async Task A_kind_of_call_that_fails_for_the_catalog_too_stops_changes_until_it_works_again(string calls, string error, string name)
    {
        var kept = TestBlob.RandomMany(Random, 8, 5000);
        Assert.Equal(200, (await Client.PostBatchAsync(kept)).Status);
        await WarmUpAsync();
        var single = TestBlob.Random(Random, 3000);
        var batch = TestBlob.RandomMany(Random, 8, 5000);
        await using (await Injection.BeginAsync(Server, Folder, calls, "error=" + error))
        {
            Assert.Contains(await TryPutAsync(Client, single), new[] { name, "unavailable" });
            Assert.Equal("unavailable", NameOf((await Client.PostBatchAsync(batch)).Body));
            Assert.Equal("unavailable", await TryAsync(() => Client.DeleteAsync(kept[1].Id)));
            await AssertReadableAsync(Client, [kept[0], .. kept[2..]]);
        }

        await Eventually.HoldsAsync(async () => await TryPutAsync(Client, single) is null, "Changes are still refused.");
        Assert.Equal(200, (await Client.PostBatchAsync(batch)).Status);
        await Client.DeleteAsync(kept[1].Id);
        await AssertReadableAsync(Client, [.. kept[2..], kept[0], single, .. batch]);
    }

    /// <summary>What the server loads on first use is loaded before calls fail.</summary>
    private async Task WarmUpAsync()
    {
        var blobs = TestBlob.RandomMany(Random, 8, 5000);
        await Client.PutAsync(blobs[0].Bytes);
        Assert.Equal(200, (await Client.PostBatchAsync([.. blobs, TestBlob.Random(Random, 1_500_000)])).Status);
        await Client.GetAsync(blobs[1].Id);
        await Client.ListAsync();
        await Client.DeleteAsync(blobs[2].Id);
        Assert.NotNull(await TryAsync(() => Client.GetAsync(blobs[2].Id)));
    }

    private static async Task<string?> TryAsync<T>(Func<Task<T>> call)
    {
        try
        {
            await call();
            return null;
        }
        catch (CallFailedException e)
        {
            return e.Name;
        }
    }
}
