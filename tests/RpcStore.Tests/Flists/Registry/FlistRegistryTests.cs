using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists.Registry;
using RpcStore.Digests;
using Xunit;
using static RpcStore.Tests.Accounts.AccountsUnderTest;
using static RpcStore.Tests.Flists.Registry.FlistsUnderTest;

namespace RpcStore.Tests.Flists.Registry;

/// <summary>What accounts can do with flists, and what becomes of the blobs.</summary>
public sealed class FlistRegistryTests : IAsyncLifetime
{
    private FlistsUnderTest flists = null!;

    public async ValueTask InitializeAsync() => flists = await FlistsUnderTest.OpenAsync();

    public ValueTask DisposeAsync() => flists.DisposeAsync();

    [Fact]
    public async Task An_archive_becomes_a_flist_that_can_be_read()
    {
        var result = await flists.UploadAsync("site", "5 d/", "0 d/a=one", "0 b=two", "0 c=two");
        Assert.Equal((FlistUploadStatus.Created, 2, true), (result.Status, result.StoredBlobs, result.Flist.IsComplete));
        Assert.Equal((5, 3, 9, 3, 2), (result.Flist.Inodes, result.Flist.Files, result.Flist.Bytes, result.Flist.Blocks, result.Flist.Blobs));
        Assert.Equal("one", await flists.ReadAsync("site", "d/a"));
        Assert.Equal(result.Flist, await flists.Registry.GetAsync(Key("site"), FlistViewer.All));
        await flists.AssertLeftAsync(1, "one", "two");
    }

    [Fact]
    public async Task The_end_of_an_archive_does_not_cut_off_the_batch_before_it()
    {
        // One batch is full with the last block, and is being committed when there is nothing more to read.
        await using var slow = await FlistsUnderTest.OpenAsync(new EmptyBlobStore(new SlowCommitStore(new MemoryBlobStore())));
        var result = await slow.UploadAsync("many", [.. Enumerable.Range(0, 4096).Select(i => $"0 f{i}={i}")]);
        Assert.Equal((4096, true), (result.StoredBlobs, result.Flist.IsComplete));
    }

    [Fact]
    public async Task The_same_again_stores_nothing_and_says_so()
    {
        var first = await flists.UploadAsync("site", "0 a=one");
        var second = await flists.UploadAsync("site", "0 a=one");
        Assert.Equal((FlistUploadStatus.Unchanged, 0, 0), (second.Status, second.StoredBlobs, second.StoredBytes));
        Assert.Equal(first.Flist, second.Flist);

        // Under another name it is the same file.
        Assert.Equal(FlistUploadStatus.Created, (await flists.UploadAsync("other", "0 a=one")).Status);
        await flists.AssertLeftAsync(1, "one");
    }

    [Fact]
    public async Task A_new_version_replaces_the_old_one_and_takes_what_only_that_needed()
    {
        var old = await flists.UploadAsync("site", "0 a=one", "0 b=shared");
        var replaced = await flists.UploadAsync("site", "0 a=two", "0 b=shared");
        Assert.Equal((FlistUploadStatus.Replaced, old.Flist.Id), (replaced.Status, replaced.Flist.Id));
        Assert.Equal("two", await flists.ReadAsync("site", "a"));
        await flists.AssertLeftAsync(1, "two", "shared");
    }

    [Fact]
    public async Task Whoever_was_slower_changes_nothing()
    {
        var first = await flists.UploadAsync("site", "0 a=one");
        var order = new FlistUploadOrder(Key("site")) { Condition = new FlistCondition(first.Flist.Digest) };
        await flists.UploadAsync(order, TestArchive.Make("0 a=two"));
        await RefusedAsync(Fault.Precondition, null, () => flists.UploadAsync(order, TestArchive.Make("0 a=three")));
        await RefusedAsync(Fault.Precondition, null, () => flists.UploadAsync(
            order with { Condition = new FlistCondition(FlistCondition.None) }, TestArchive.Make("0 a=three")));
        await RefusedAsync(Fault.Precondition, "none", () => flists.UploadAsync(
            order with { Key = Key("absent") }, TestArchive.Make("0 a=three")));
        await RefusedAsync(Fault.Precondition, null, () => flists.Registry.DeleteAsync(Key("site"), order.Condition));
        Assert.Equal("two", await flists.ReadAsync("site", "a"));
        await flists.AssertLeftAsync(1, "two");
    }

    [Fact]
    public async Task Deleting_takes_the_blobs_that_nothing_else_references_and_counts_them()
    {
        await flists.UploadAsync("a", "0 x=one", "0 y=shared");
        await flists.UploadAsync("b", "0 y=shared");
        var (_, first) = await flists.Registry.DeleteAsync(Key("a"));
        Assert.Equal((1, 1, false), (first.Blobs, first.KeptBlobs, first.IsDeferred));
        Assert.True(first.Bytes > 0);
        await flists.AssertLeftAsync(1, "shared");
        var (_, second) = await flists.Registry.DeleteAsync(Key("b"));
        Assert.Equal((1, 0), (second.Blobs, second.KeptBlobs));
        await flists.AssertLeftAsync(0);
        await RefusedAsync(Fault.NotFound, "flist", () => flists.Registry.DeleteAsync(Key("b")));
    }

    [Fact]
    public async Task A_referenced_blob_is_not_deleted_but_by_force()
    {
        await flists.UploadAsync("site", "0 a=one");
        BlobId[] ids = [BlobOf("one")];
        Assert.Equal([BlobDeletionStatus.Referenced], await flists.Operations.DeleteAsync(ids, force: false, default));
        Assert.Equal([BlobDeletionStatus.Deleted], await flists.Operations.DeleteAsync(ids, force: true, default));
    }

    [Fact]
    public async Task Whoever_reads_reads_to_the_end()
    {
        await flists.UploadAsync("site", "0 a=one");
        var lease = await flists.Registry.OpenAsync(Key("site"), FlistViewer.All);
        await flists.UploadAsync("site", "0 a=two");
        Assert.Equal("one", await flists.ReadAsync(lease, "a"));
        Assert.Equal("two", await flists.ReadAsync("site", "a"));
        using (var second = await flists.Registry.OpenAsync(Key("site"), FlistViewer.All))
        {
            var (_, deletion) = await flists.Registry.DeleteAsync(Key("site"));
            Assert.Equal((1, true), (deletion.Blobs, deletion.IsDeferred));
            await RefusedAsync(Fault.NotFound, "flist", async () => await flists.Registry.OpenAsync(Key("site"), FlistViewer.All));
            Assert.Equal("two", await flists.ReadAsync(second, "a"));
        }

        Assert.Equal("one", await flists.ReadAsync(lease, "a"));
        lease.Dispose();
        lease.Dispose();
        await flists.AssertLeftAsync(0);
    }

    [Fact]
    public async Task A_file_whose_blobs_are_not_here_is_refused_with_what_is_missing()
    {
        await flists.UploadAsync("site", "0 a=one", "0 b=two");
        byte[] file;
        using (var lease = await flists.Registry.OpenAsync(Key("site"), FlistViewer.All))
        {
            file = await File.ReadAllBytesAsync(lease.Path);
        }

        await flists.Registry.DeleteAsync(Key("site"));
        var order = new FlistUploadOrder(Key("site"));
        var refusal = await Assert.ThrowsAsync<BlobsMissingException>(() => flists.UploadAsync(order, file));
        Assert.Equal(2, refusal.Count);
        Assert.Equal(new[] { BlobOf("one"), BlobOf("two") }.ToHashSet(), refusal.Missing.ToArray().ToHashSet());
        await flists.AssertLeftAsync(0);

        var kept = await flists.UploadAsync(order with { AllowsIncomplete = true }, file);
        Assert.Equal((2, false), (kept.Flist.MissingBlobs, kept.Flist.IsComplete));

        // With the blobs it is whole, and the file is the same to the byte.
        await flists.UploadAsync("other", "0 a=one", "0 b=two");
        var whole = await flists.UploadAsync(order, file);
        Assert.Equal((FlistUploadStatus.Unchanged, 0, true), (whole.Status, whole.Flist.MissingBlobs, whole.Flist.IsComplete));
        Assert.Equal("one", await flists.ReadAsync("site", "a"));
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("name")]
    [InlineData("file")]
    [InlineData("no archive")]
    public async Task What_fails_leaves_nothing_and_harms_nothing(string how)
    {
        // It was here before, for somebody's own reasons.
        var own = FlistSamples.Block("own");
        await flists.UploadAsync("kept", "0 a=own");
        await flists.Operations.DeleteAsync(new[] { own.Id }, force: true, default);
        await flists.Registry.DeleteAsync(Key("kept"));
        await flists.Operations.PutAsync(Core.Flists.Blocks.BlockCodec.Encode("own"u8).Blob, own.Id, default);

        var archive = TestArchive.Make("0 a=one", "0 b=own");
        var body = how switch
        {
            "cut" => archive[..^1024],
            "name" => TestArchive.Make("0 a=one", "0 b=own", "0 ../c=x"),
            "file" => [.. "SQLite format 3\0"u8, .. archive],
            _ => [.. "nothing of the kind"u8],
        };
        var refusal = await RefusedAsync(Fault.Invalid, null, () => flists.UploadAsync(new FlistUploadOrder(Key("site")), body));
        Assert.NotEmpty(refusal.Message);
        await flists.AssertLeftAsync(0, "own");
    }

    [Fact]
    public async Task Only_whom_it_concerns_sees_it()
    {
        await flists.UploadAsync("private", "0 a=one");
        await flists.UploadAsync(new FlistUploadOrder(Key("public")) { IsPublic = true }, TestArchive.Make("0 a=two"));
        var guest = new FlistViewer(null, SeesAll: false);
        var owner = new FlistViewer(AccountName.Local, SeesAll: false);
        Assert.Equal(["public"], await NamesAsync(guest));
        Assert.Equal(["private", "public"], await NamesAsync(owner));
        Assert.Equal(["private", "public"], await NamesAsync(FlistViewer.All));
        await RefusedAsync(Fault.NotFound, "flist", async () => await flists.Registry.OpenAsync(Key("private"), guest));
        using (await flists.Registry.OpenAsync(Key("public"), guest))
        {
        }

        var isPublic = new bool[2];
        await flists.References.FindPublicAsync(new[] { BlobOf("one"), BlobOf("two") }, isPublic, default);
        Assert.Equal([false, true], isPublic);
        Assert.True((await flists.Registry.UpdateAsync(Key("private"), isPublic: true)).IsPublic);
        Assert.Equal(2, (await NamesAsync(guest)).Count);
    }

    private async Task<List<string>> NamesAsync(FlistViewer viewer) =>
        [.. (await flists.Registry.ListAsync(viewer, null, 100, null)).Flists.Select(flist => flist.Key.Name)];

    [Fact]
    public async Task Pages_hold_every_flist_once()
    {
        for (var i = 0; i < 7; i++)
        {
            await flists.UploadAsync($"f{i}", $"0 a={i}");
        }

        var names = new List<string>();
        string? cursor = null;
        do
        {
            var (page, next) = await flists.Registry.ListAsync(FlistViewer.All, null, 3, cursor);
            names.AddRange(page.Select(flist => flist.Key.Name));
            cursor = next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 7).Select(i => $"f{i}"), names);
        await RefusedAsync(Fault.Invalid, null, async () => await flists.Registry.ListAsync(FlistViewer.All, null, 3, "x"));
    }

    [Theory]
    [InlineData("", "/name")]
    [InlineData("../x", "/name")]
    [InlineData("a b", "/name")]
    [InlineData(".hidden", "/name")]
    public async Task A_name_that_is_none_is_refused(string name, string pointer)
    {
        var refusal = await RefusedAsync(Fault.Invalid, null, () => flists.UploadAsync(name, "0 a=one"));
        Assert.Equal(pointer, refusal.Details["pointer"]);
        await RefusedAsync(Fault.NotFound, "account", () => flists.UploadAsync(new FlistUploadOrder(new FlistKey("nobody", "x")), []));
        await RefusedAsync(Fault.NotFound, "account", () => flists.UploadAsync(new FlistUploadOrder(new FlistKey("guest", "x")), []));
    }

    [Fact]
    public async Task What_was_not_finished_is_cleared_away_at_the_next_start()
    {
        await flists.UploadAsync("kept", "0 a=one");
        await flists.UploadAsync("gone", "0 a=two", "0 b=one");
        await flists.Catalog.WriteAsync(session =>
        {
            session.Prepare("delete from flists where name = 'gone'").Execute();
            session.Prepare("update flist_contents set state = 'pending' where id not in (select content_id from flists)").Execute();
        });
        File.WriteAllText(Path.Combine(flists.Folder, "stray"), "x");
        await flists.RestartAsync();
        await flists.AssertLeftAsync(1, "one");
        Assert.Equal("one", await flists.ReadAsync("kept", "a"));
    }

    /// <summary>Commits only after everybody else had their turn, and gives up when it is told to, as a directory does.</summary>
    private sealed class SlowCommitStore(IBlobStore inner) : DelegatingBlobStore(inner)
    {
        public override BlobWriteBatch BeginBatch() => new SlowBatch(base.BeginBatch());

        private sealed class SlowBatch(BlobWriteBatch inner) : BlobWriteBatch
        {
            public override ValueTask<BlobAddResult> AddAsync(BlobId id, long? size, Stream content, CancellationToken cancellationToken) =>
                inner.AddAsync(id, size, content, cancellationToken);

            public override async ValueTask CommitAsync(CancellationToken cancellationToken)
            {
                await Task.Delay(200, cancellationToken);
                await inner.CommitAsync(cancellationToken);
            }

            public override ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
