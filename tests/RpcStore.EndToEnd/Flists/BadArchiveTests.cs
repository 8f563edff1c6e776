using System.Formats.Tar;
using System.IO.Compression;
using System.Net.Sockets;
using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>Archives that are broken, refused or larger than anybody should send.</summary>
public sealed class BadArchiveTests : FlistFaultTests
{
    private const long MaxArchiveBytes = 1L << 30;
    private const int MaxInodes = 20_000;

    protected override string[] Options =>
        ["--max-archive-bytes", "1GiB", "--max-flist-inodes", $"{MaxInodes}", "--max-flist-file-bytes", "800MiB", "--max-flist-bytes", "64MiB"];

    [Fact]
    public async Task An_archive_cut_off_anywhere_is_refused()
    {
        var tar = MakeTar();
        var ends = Enumerable.Range(0, 14).Select(block => block * 512)
            .Concat(Enumerable.Range(0, 40).Select(_ => Random.Next(tar.Length - 1024)))
            .Concat(Enumerable.Range(3, 30).Select(block => tar.Length - (block * 512)))
            .Concat([1, 100, 513, 1100, tar.Length - 1025]);
        await WithinMemoryAsync(async () =>
        {
            foreach (var end in ends.Where(end => end <= tar.Length - 1024))
            {
                var reply = await Http.PutFlistAsync("local/cut", tar[..end]);
                Assert.True((reply.Status, reply.Error) == (400, "invalidParams"), $"cut at {end}: {reply}");
                Assert.Contains("archive", reply.Message, StringComparison.OrdinalIgnoreCase);
            }
        });
        await AssertNothingLeftAsync();
        (await Http.PutFlistAsync("local/cut", tar)).ShouldSucceed();
    }

    [Fact]
    public async Task A_packed_archive_cut_off_anywhere_is_refused()
    {
        var packed = TestTree.Gzip(MakeTar());
        foreach (var end in Enumerable.Range(1, 24).Concat(Enumerable.Range(1, 60).Select(_ => Random.Next(24, packed.Length))).Append(packed.Length - 1))
        {
            var reply = await Http.PutFlistAsync("local/cut", packed[..end]);
            Assert.True((reply.Status, reply.Error) == (400, "invalidParams"), $"cut at {end}: {reply}");
        }

        await AssertNothingLeftAsync();
        (await Http.PutFlistAsync("local/cut", packed)).ShouldSucceed();
    }

    [Fact]
    public async Task Random_damage_of_a_packed_archive_is_refused()
    {
        var packed = TestTree.Gzip(MakeTar());
        for (var change = 0; change < FaultRun.Pick(60, 1000); change++)
        {
            var bytes = (byte[])packed.Clone();
            var at = Random.Next(10, bytes.Length);
            bytes[at] ^= (byte)(1 << Random.Next(8));
            var reply = await Http.PutFlistAsync("local/damaged", bytes);
            Assert.True((reply.Status, reply.Error) == (400, "invalidParams"), $"byte {at}: {reply}");
        }

        await AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData(TarEntryType.RegularFile, "a/../../x", "", "entry 2", "..")]
    [InlineData(TarEntryType.HardLink, "x", "../../etc/passwd", "entry 2", "..")]
    [InlineData(TarEntryType.HardLink, "x", "not-there", "entry 2", "not-there")]
    [InlineData(TarEntryType.Directory, "first", "", "entry 2", "first")]
    [InlineData(TarEntryType.RegularFile, "first/below", "", "entry 2", "first")]
    public async Task A_refused_entry_is_named(TarEntryType type, string name, string link, string number, string reason)
    {
        var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(TestTree.File("first", TestTree.Noise(Random, 600_000)));
            var entry = new PaxTarEntry(type, name);
            if (link.Length > 0)
            {
                entry.LinkName = link;
            }

            writer.WriteEntry(entry);
        }

        var reply = (await Http.PutFlistAsync("local/refused", tar.ToArray())).ShouldFail(400, "invalidParams", reason);
        Assert.Contains(number, reply.Message, StringComparison.OrdinalIgnoreCase);
        await AssertNothingLeftAsync();
    }

    // 4 MiB that unpack to 4 GiB, a file of 640 MiB after another. A gzip in several parts is one.
    [Fact]
    public async Task A_gzip_bomb_ends_at_the_limit_of_an_archive()
    {
        var header = new MemoryStream();
        using (var gzip = new GZipStream(header, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(HeaderOf("zeroes", 640L << 20));
        }

        var zeroes = TestTree.Gzip(new byte[64 << 20]);
        var file = Enumerable.Repeat(zeroes, 10).Prepend(header.ToArray()).SelectMany(part => part).ToArray();
        var bomb = Enumerable.Repeat(file, 6).SelectMany(part => part).ToArray();
        Assert.True(bomb.Length < 32 << 20, $"{bomb.Length}");
        await WithinMemoryAsync(async () =>
            (await Http.PutFlistAsync("local/bomb", bomb)).ShouldFail(413, "tooLarge", $"{MaxArchiveBytes}"));
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task A_file_that_claims_too_much_is_refused_before_it_comes()
    {
        var reply = await Http.PutFlistAsync("local/claim", TestTree.Gzip(HeaderOf("claim", (800L << 20) + 1)));
        reply.ShouldFail(413, "tooLarge", "claim has 838860801 bytes, where 838860800 are allowed (maxFlistFileBytes)");
        Assert.Equal("maxFlistFileBytes", (string)reply.Body["error"]!["data"]!["limit"]!);
        await AssertNothingLeftAsync();
    }

    [Fact]
    public async Task Millions_of_entries_end_at_the_limit_of_inodes()
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var header = HeaderOf("the same name again and again", 0);
            for (var n = 0; n < 400_000; n++)
            {
                gzip.Write(header);
            }
        }

        await WithinMemoryAsync(async () =>
            (await Http.PutFlistAsync("local/many", packed.ToArray())).ShouldFail(413, "tooLarge", $"{MaxInodes}"));
        await AssertNothingLeftAsync();
    }

    [Theory]
    [InlineData("tar")]
    [InlineData("gzip")]
    [InlineData("fl")]
    public async Task A_connection_cut_in_the_middle_leaves_nothing(string form)
    {
        var tar = TestTree.Tar(("a", TestTree.Noise(Random, 40 << 20)), ("b", TestTree.Noise(Random, 8 << 20)));
        var body = form switch
        {
            "gzip" => TestTree.Gzip(tar),
            "fl" => [.. await Http.GetByteArrayAsync("/flists/local/kept"), .. new byte[8 << 20]],
            _ => tar,
        };
        foreach (var isReset in (bool[])[true, false])
        {
            using var socket = await AdminClient.ConnectAsync(Server.Socket, CancellationToken.None);
            await SendAsync(socket, System.Text.Encoding.ASCII.GetBytes($"PUT /flists/local/cut HTTP/1.1\r\nHost: x\r\nContent-Length: {body.Length}\r\n\r\n"));
            await SendAsync(socket, body.AsMemory(0, body.Length * 9 / 10));
            await Eventually.HoldsAsync(() => Directory.GetFiles(Path.Combine(Server.Data, "flists")).Length > 1, "The upload does not begin.");
            if (isReset)
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            else
            {
                socket.Shutdown(SocketShutdown.Send);
            }

            socket.Close();
            await AssertNothingLeftAsync();
        }
    }

    [Fact]
    public async Task Whoever_presses_Ctrl_C_leaves_nothing()
    {
        var pipe = Folder.File("pipe");
        (await Command.ShellAsync($"mkfifo {pipe}")).ShouldSucceed();
        var tar = TestTree.Tar(("a", TestTree.Noise(Random, 48 << 20)));
        await using (var command = RunningCommand.Start(
            Repository.Command, ["--server", Server.Url, "flists", "upload", pipe, "--name", "stopped"], new Dictionary<string, string>()))
        {
            await using var writer = new FileStream(pipe, FileMode.Open, FileAccess.Write);
            await writer.WriteAsync(tar.AsMemory(0, 44 << 20));
            await Eventually.HoldsAsync(() => Directory.GetFiles(Path.Combine(Server.Data, "flists")).Length > 1, "The upload does not begin.");
            Assert.NotEqual(0, await command.InterruptAsync());
        }

        await AssertNothingLeftAsync();
    }

    private byte[] MakeTar()
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder/"));
            writer.WriteEntry(TestTree.File("folder/" + new string('n', 150), "named at length"u8.ToArray()));
            writer.WriteEntry(TestTree.File("folder/large", TestTree.Noise(Random, 1_300_000)));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "folder/large" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, "hard") { LinkName = "folder/large" });
            writer.WriteEntry(TestTree.File("last", TestTree.Noise(Random, 700)));
        }

        return tar.ToArray();
    }

    /// <summary>The header of a file whose bytes are still to come.</summary>
    private static byte[] HeaderOf(string name, long size)
    {
        var header = TestTree.Tar((name, []))[^1536..^1024];
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        header.AsSpan(148, 8).Fill((byte)' ');
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148));
        return header;
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(60))..];
        }
    }
}
