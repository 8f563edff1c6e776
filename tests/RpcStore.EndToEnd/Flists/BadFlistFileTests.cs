using System.Buffers.Binary;
using System.Net;
using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary><c>.fl</c> files of somebody who means harm, or whose disk does. Their blobs are all here, so it is the file that counts.</summary>
public sealed class BadFlistFileTests(KeptServer kept) : FlistFaultTests(kept), IClassFixture<KeptServer>
{
    private const int MaxInodes = 20_000;

    private byte[] whole = [];

    protected override string[] Options => ["--max-flist-inodes", $"{MaxInodes}", "--max-flist-bytes", "16MiB", "--max-flist-file-bytes", "1GiB"];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        whole = await Http.GetByteArrayAsync("/flists/local/whole");
    }

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var tree = TestTree.Tar(("etc/hosts", "hosts"u8.ToArray()), ("etc/deep/er/x", "x"u8.ToArray()), ("large", TestTree.Noise(Random, 1_300_000)));
        (await Http.PutFlistAsync("local/whole", tree)).ShouldSucceed();
    }

    [Theory]
    [InlineData("update inode set parent = (select ino from inode where name = 'er') where name = 'deep'", "below themselves")]
    [InlineData("update inode set parent = ino where name = 'deep'", "below themselves")]
    [InlineData("update inode set parent = 0 where name = 'etc'", "two roots")]
    [InlineData("insert into inode select 99, 0, '/', size, uid, gid, mode, rdev, ctime, mtime from inode where ino = 1", "two roots")]
    [InlineData("update inode set name = 'a/b' where name = 'hosts'", "column name: it holds a slash")]
    [InlineData("update inode set name = '..' where name = 'hosts'", "column name: it is '.' or '..'")]
    [InlineData("update inode set name = 'deep' where name = 'hosts'", "another entry")]
    [InlineData("update inode set size = -1 where name = 'hosts'", "column size")]
    [InlineData("update block set id = zeroblob(31)", "column id")]
    [InlineData("create view v as select 1", "a view 'v'")]
    [InlineData("create trigger t after insert on inode begin select 1; end", "a trigger 't'")]
    [InlineData("pragma journal_mode = wal", "WAL")]
    [InlineData("update inode set size = 524289 where name = 'hosts'", "/etc/hosts has 1 of 2 blocks")]
    [InlineData("delete from block where rowid = (select min(rowid) from block where ino = (select ino from inode where name = 'large'))", "/large has 2 of 3 blocks")]
    public async Task A_file_that_is_no_flist_is_refused_and_the_reason_told(string sql, string reason)
    {
        var bytes = await ChangeAsync(sql);
        (await Http.PutFlistAsync("local/bad", bytes)).ShouldFail(400, "invalidParams", reason);
        await AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData("update inode set size = 1073741825 where name = 'large'", "maxFlistFileBytes")]
    [InlineData("with recursive n(i) as (select 100 union all select i + 1 from n where i < 21000) insert into inode select i, 1, 'n' || i, 4096, 0, 0, 16877, 0, 0, 0 from n", "maxFlistInodes")]
    [InlineData("with recursive n(i) as (select 100 union all select i + 1 from n where i < 400) insert into inode select i, iif(i = 100, 1, i - 1), 'n', 4096, 0, 0, 16877, 0, 0, 0 from n", "maxFlistDepth")]
    [InlineData("with recursive n(i) as (select 1 union all select i + 1 from n where i < 2000) insert into tag select 't' || i, 'x' from n", "maxFlistTags")]
    public async Task A_file_that_passes_a_limit_is_refused_and_the_limit_told(string sql, string limit)
    {
        var bytes = await ChangeAsync(sql);
        await WithinMemoryAsync(async () =>
        {
            var reply = (await Http.PutFlistAsync("local/bad", bytes)).ShouldFail(413, "tooLarge", limit);
            Assert.Equal(limit, (string)reply.Body["error"]!["data"]!["limit"]!);
        });
        await AssertNothingLeftAsync();
    }

    // Numbers cost nothing: neither the inode with the number nor the counter makes anybody allocate or walk that many.
    [Theory]
    [InlineData("update sqlite_sequence set seq = 1000000000")]
    [InlineData("update inode set ino = 1000000000 where name = 'hosts'; update block set ino = 1000000000 where rowid = (select min(rowid) from block)")]
    public async Task A_billion_inodes_that_are_only_claimed_cost_nothing(string sql)
    {
        var bytes = await ChangeAsync(sql);
        await WithinMemoryAsync(async () =>
        {
            var reply = await Http.PutFlistAsync("local/claims", bytes);
            if (reply.Status == 201)
            {
                await Http.CallAsync("flists.tree", """{"name":"claims","recursive":true}""");
                await Http.DeleteFlistAsync("local/claims");
            }
            else
            {
                reply.ShouldFail(400, "invalidParams", "The flist ");
            }
        });
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_file_that_claims_a_billion_pages_is_refused()
    {
        var bytes = (byte[])whole.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(28), 1_000_000_000);
        await WithinMemoryAsync(async () => (await Http.PutFlistAsync("local/bad", bytes)).ShouldFail(400, "invalidParams", "cut off"));
        (await Http.PutFlistAsync("local/bad", [.. whole, .. new byte[17 << 20]])).ShouldFail(413, "tooLarge", "maxFlistBytes");
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_file_cut_off_anywhere_is_refused()
    {
        foreach (var end in Enumerable.Range(0, 40).Select(_ => Random.Next(16, whole.Length)).Concat([16, 99, 100, 4096, whole.Length - 4096, whole.Length - 1]))
        {
            var reply = await Http.PutFlistAsync("local/cut", whole[..end]);
            Assert.True((reply.Status, reply.Error) == (400, "invalidParams"), $"cut at {end}: {reply}");
        }

        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Random_damage_ends_with_a_clear_error_or_a_tree()
    {
        var (taken, refused) = (0, 0);
        await WithinMemoryAsync(async () =>
        {
            for (var change = 0; change < FaultRun.Pick(120, 5000); change++)
            {
                var bytes = Damage(whole);
                var reply = await Http.PutFlistAsync("local/damaged?allowIncomplete=true", bytes);
                if (reply.Status is 200 or 201)
                {
                    taken++;
                    await ReadAsync();
                    continue;
                }

                refused++;
                Assert.True((reply.Status, reply.Error) is (400, "invalidParams") or (413, "tooLarge"), $"change {change} of seed {FaultRun.Seed}: {reply}");
                Assert.NotEqual("", reply.Message);
            }
        });
        Assert.True(taken > 0 && refused > 0, $"{taken} {refused}");
        await Http.DeleteFlistAsync("local/damaged");

        // Blocks that do not fit their keys are told there, and nothing that the server did not expect.
        await AssertNothingLeftAsync(isLogClean: false);
        Assert.DoesNotContain("reference", Server.Log, StringComparison.OrdinalIgnoreCase);

        // What it has to say of them must not be taken for a fault that the next test met.
        await RestartAsync();
    }

    [Fact]
    public async Task Blobs_that_are_not_here_are_listed()
    {
        using var elsewhere = new TemporaryFolder();
        await using var other = await ServerProcess.StartAsync(elsewhere.Path);
        using var admin = new AdminClient(other.Socket);
        var reply = (await admin.Http.PutFlistAsync("local/without", whole)).ShouldFail(404, "notFound", "5 of the blobs that the flist needs are not here");
        Assert.Equal(5, (int)reply.Body["error"]!["data"]!["missingCount"]!);
        Assert.Equal(5, AdminClient.Ids(reply.Body["error"]!["data"]!, "missing").Count);
        await new KeptState("", "", "", "", 0).ShouldReturnAsync(other, admin);

        // Kept as incomplete it needs the blobs from then on, and is complete once they have come and were looked at.
        (await admin.Http.PutFlistAsync("local/without?allowIncomplete=true", whole)).ShouldSucceed();
        using var refused = await admin.Http.GetAsync("/flists/local/without/files/etc/hosts");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        using var blobs = new ByteArrayContent(await Http.GetByteArrayAsync("/flists/local/whole?format=blobs"));
        Assert.Equal(200, (await admin.PostBatchAsync(blobs)).Status);
        Assert.True((bool)(await admin.Http.VerifyFlistAsync("local/without"))["flist"]!["complete"]!);
        Assert.Equal("hosts", await admin.Http.GetStringAsync("/flists/local/without/files/etc/hosts"));
        Assert.Equal(5, (int)(await admin.Http.DeleteFlistAsync("local/without"))["blobs"]!);
    }

    /// <summary>The file after SQL.</summary>
    private async Task<byte[]> ChangeAsync(string sql)
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v sqlite3 || true")).Output.Length > 0, "sqlite3 is not installed.");
        var path = Folder.File("changed.fl");
        await File.WriteAllBytesAsync(path, whole);
        (await Command.RunAsync("sqlite3", [path, sql])).ShouldSucceed();
        return await File.ReadAllBytesAsync(path);
    }

    private byte[] Damage(byte[] original)
    {
        var bytes = (byte[])original.Clone();
        for (var change = Random.Next(1, 12); change > 0; change--)
        {
            // Half of it where the pages of a small file have their headers and cells; never the name of the format.
            var place = Random.Next(2) == 0 ? Random.Next(bytes.Length) : (Random.Next(bytes.Length / 4096) * 4096) + Random.Next(120);
            bytes[Math.Max(16, place)] = Random.Next(3) == 0 ? (byte)0xff : (byte)Random.Next(256);
        }

        return bytes;
    }

    /// <summary>What was taken can be looked through, and read as far as it goes.</summary>
    private async Task ReadAsync()
    {
        var tree = await Http.CallAsync("flists.tree", """{"name":"damaged","recursive":true}""");
        foreach (var entry in tree["entries"]!.AsArray().Where(entry => (string)entry!["kind"]! == "file"))
        {
            var path = string.Join('/', ((string)entry!["path"]!).Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.EscapeDataString));
            try
            {
                using var response = await Http.GetAsync("/flists/local/damaged/files/" + path);
                Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict or HttpStatusCode.UnprocessableEntity, $"{response.StatusCode} {entry}");
            }
            catch (HttpRequestException)
            {
                // A block with a key that does not fit, found while the file was on its way: nobody takes it for whole.
            }
        }
    }
}
