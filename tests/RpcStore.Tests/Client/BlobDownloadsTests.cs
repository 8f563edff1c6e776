using System.Formats.Tar;
using System.Text;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>What a download keeps, and what it does not believe.</summary>
public sealed class BlobDownloadsTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private FakeServer server = null!;

    public async ValueTask InitializeAsync() => server = await FakeServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task Files_are_named_by_their_ids_and_hold_the_bytes()
    {
        var ids = Add("a", "", "ccc");
        await using var client = server.Connect();
        await client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), folder.File("out"));
        Assert.Equal(ids.Select(id => id.ToString()).Order(), Names("out").Order());
        Assert.Equal("ccc", await File.ReadAllTextAsync(folder.File($"out/{ids[2]}")));
    }

    [Fact]
    public async Task A_tar_holds_the_blobs_in_order_over_all_chunks_and_ends_once()
    {
        var ids = Add([.. Enumerable.Range(0, 23).Select(n => $"entry {n}")]);
        await using var client = server.Connect(RpcStoreClientOptions.Default with { ChunkItems = 5 });
        var tar = new MemoryStream();
        await client.Downloads.WriteTarAsync(ids.ToAsyncEnumerable(), tar);
        Assert.Equal(5, server.Calls.Count(call => call == "blobs.download"));

        tar.Position = 0;
        await using var reader = new TarReader(tar);
        foreach (var id in ids)
        {
            Assert.Equal(id.ToString(), (await reader.GetNextEntryAsync())!.Name);
        }

        Assert.Null(await reader.GetNextEntryAsync());
        Assert.Equal(ids.Length * 1024 + 1024, tar.Length);
    }

    [Fact]
    public async Task What_is_missing_is_told_and_the_rest_comes()
    {
        var ids = Add("a", "b", "c");
        server.Blobs.TryRemove(ids[0].ToString(), out _);
        server.Blobs.TryRemove(ids[2].ToString(), out _);
        var missing = new List<BlobId>();
        var got = new List<BlobId>();
        await using var client = server.Connect();
        await client.Downloads.ReadAsync(ids.ToAsyncEnumerable(), (id, _, _) => { got.Add(id); return default; }, missing.Add);
        Assert.Equal([ids[1]], got);
        Assert.Equal([ids[0], ids[2]], missing);
    }

    [Fact]
    public async Task A_batch_that_leaves_out_what_was_not_to_be_left_out_is_refused()
    {
        var ids = Add("a", "b");
        server.Blobs.TryRemove(ids[1].ToString(), out _);
        await using var client = server.Connect();
        await Assert.ThrowsAsync<InvalidDataException>(() => client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), folder.File("out")));
    }

    [Fact]
    public async Task Bytes_that_are_not_those_of_the_id_are_never_kept()
    {
        var ids = Add("good", "was good");
        server.Blobs[ids[1].ToString()] = "WAS good"u8.ToArray();
        await using var client = server.Connect();
        var error = await Assert.ThrowsAsync<BlobCorruptException>(() => client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), folder.File("out")));
        Assert.Equal(ids[1], error.Id);
        Assert.Equal([ids[0].ToString()], Names("out"));
    }

    [Fact]
    public async Task An_empty_entry_for_a_blob_that_has_bytes_is_corrupt()
    {
        var ids = Add("bytes");
        server.Blobs[ids[0].ToString()] = [];
        await using var client = server.Connect();
        await Assert.ThrowsAsync<BlobCorruptException>(() => client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), folder.File("out")));
    }

    [Fact]
    public async Task A_handler_that_reads_nothing_gets_its_blobs_verified_all_the_same()
    {
        var ids = Add("unread");
        server.Blobs[ids[0].ToString()] = "UNREAD"u8.ToArray();
        await using var client = server.Connect();
        await Assert.ThrowsAsync<BlobCorruptException>(() => client.Downloads.ReadAsync(ids.ToAsyncEnumerable(), (_, _, _) => default));
    }

    [Theory]
    [InlineData("../escape")]
    [InlineData("/etc/passwd")]
    [InlineData("notes.txt")]
    public async Task A_name_that_is_no_id_never_becomes_a_path(string name)
    {
        server.OnDownload = async context =>
        {
            await using var tar = new TarWriter(context.Response.Body, TarEntryFormat.Ustar, leaveOpen: true);
            await tar.WriteEntryAsync(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream("x"u8.ToArray()) });
            return true;
        };
        await using var client = server.Connect();
        await Assert.ThrowsAsync<InvalidDataException>(() => client.Downloads.WriteFilesAsync(Add("a").ToAsyncEnumerable(), folder.File("out")));
        Assert.Empty(Names("out"));
        Assert.False(File.Exists(folder.File("escape")));
    }

    [Fact]
    public async Task An_answer_that_is_broken_off_is_an_error_wherever_it_breaks()
    {
        var ids = Add("first", "second");
        var whole = new MemoryStream();
        await using (var client = server.Connect())
        {
            await client.Downloads.WriteTarAsync(ids.ToAsyncEnumerable(), whole);
        }

        foreach (var length in (int[])[0, 1, 511, 512, 513, 600, 1023, 1024, 1536, 1540])
        {
            server.OnDownload = async context =>
            {
                await context.Response.Body.WriteAsync(whole.ToArray().AsMemory(0, length));
                return true;
            };
            await using var client = server.Connect();
            var target = folder.File($"out{length}");
            await Assert.ThrowsAnyAsync<Exception>(() => client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), target));
            Assert.DoesNotContain(Names($"out{length}"), name => name!.EndsWith(".part", StringComparison.Ordinal) || name == ids[1].ToString());
        }
    }

    [Fact]
    public async Task A_connection_that_breaks_in_a_blob_is_told_as_such_and_leaves_no_file()
    {
        var ids = Add("a blob that is cut");
        server.OnDownload = async context =>
        {
            context.Response.ContentLength = 2048;
            await context.Response.Body.WriteAsync(new byte[10]);
            await context.Response.Body.FlushAsync();
            context.Abort();
            return true;
        };
        await using var client = server.Connect();
        await Assert.ThrowsAsync<RpcConnectionLostException>(() => client.Downloads.WriteFilesAsync(ids.ToAsyncEnumerable(), folder.File("out")));
        Assert.Empty(Names("out"));
    }

    [Theory]
    [InlineData(0, null, "0123456789")]
    [InlineData(0, 3L, "012")]
    [InlineData(4, null, "456789")]
    [InlineData(4, 3L, "456")]
    [InlineData(9, 100L, "9")]
    [InlineData(4, long.MaxValue, "456789")]
    [InlineData(10, null, "")]
    [InlineData(99, 1L, "")]
    public async Task One_blob_is_fetched_whole_or_in_part(long offset, long? length, string expected)
    {
        var id = Add("0123456789")[0];
        await using var client = server.Connect();
        var bytes = new MemoryStream();
        Assert.Equal(expected.Length, await client.Downloads.GetAsync(id, bytes, offset, length));
        Assert.Equal(expected, Encoding.UTF8.GetString(bytes.ToArray()));
    }

    [Fact]
    public async Task One_blob_is_verified_when_it_is_whole()
    {
        var id = Add("right")[0];
        server.Blobs[id.ToString()] = "wrong"u8.ToArray();
        await using var client = server.Connect();
        await Assert.ThrowsAsync<BlobCorruptException>(() => client.Downloads.GetAsync(id, new MemoryStream()));
    }

    [Fact]
    public async Task One_blob_that_is_missing_is_the_server_s_error()
    {
        await using var client = server.Connect();
        var error = await Assert.ThrowsAsync<RpcException>(() => client.Downloads.GetAsync(BlobId.EmptySha256, new MemoryStream()));
        Assert.Equal(404, error.Error.Code);
    }

    private BlobId[] Add(params string[] texts) => [.. texts.Select(text => BlobId.Parse(server.Add(Encoding.UTF8.GetBytes(text))))];

    private IEnumerable<string?> Names(string name) => Directory.EnumerateFileSystemEntries(folder.File(name)).Select(Path.GetFileName);
}
