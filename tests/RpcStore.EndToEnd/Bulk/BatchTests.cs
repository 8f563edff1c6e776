using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Bulk;

/// <summary>Tar batches over HTTP, made and read by the framework's own tar.</summary>
public sealed class BatchTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    [InlineData(TarEntryFormat.V7)]
    public async Task A_batch_of_every_format_is_stored_and_comes_back_the_same(TarEntryFormat format)
    {
        var blobs = Enumerable.Range(0, 50).Select(n => Blob($"{format} {n} " + new string('x', n * 97))).ToList();
        var result = await UploadAsync(Tar(blobs, format));
        Assert.Equal(50, result["stored"]!.GetValue<int>());
        Assert.Equal(blobs.Sum(blob => blob.Bytes.Length), result["bytes"]!.GetValue<int>());
        Assert.Equal(blobs.Select(blob => blob.Id), result["results"]!.AsArray().Select(entry => entry!["id"]!.GetValue<string>()));

        var downloaded = await DownloadAsync(blobs.Select(blob => blob.Id));
        Assert.Equal(blobs.Select(blob => blob.Id), downloaded.Select(blob => blob.Id));
        Assert.Equal(blobs.Select(blob => blob.Bytes), downloaded.Select(blob => blob.Bytes));
    }

    [Fact]
    public async Task A_batch_that_is_all_here_stores_nothing()
    {
        var tar = Tar([Blob("here 1"), Blob("here 2")], TarEntryFormat.Ustar);
        await UploadAsync(tar);
        var again = await UploadAsync(tar);
        Assert.Equal((0, 2, 0), (again["stored"]!.GetValue<int>(), again["existing"]!.GetValue<int>(), again["bytes"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Gzip_is_told_by_its_first_bytes_whatever_the_content_type()
    {
        var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Tar([Blob("zipped")], TarEntryFormat.Pax));
        }

        Assert.Equal(1, (await UploadAsync(packed.ToArray()))["stored"]!.GetValue<int>());
    }

    [Fact]
    public async Task Entries_that_cannot_be_taken_are_reported_one_by_one_and_the_others_stored()
    {
        var good = Blob("good among bad");
        var wrong = Blob("what the name says");
        var buffer = new MemoryStream();
        await using (var writer = new TarWriter(buffer, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, wrong.Id) { DataStream = new MemoryStream("other bytes"u8.ToArray()) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "../../etc/passwd") { DataStream = new MemoryStream("x"u8.ToArray()) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, Blob("link").Id) { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.HardLink, Blob("hard").Id) { LinkName = good.Id });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Directory, "folder/"));
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, good.Id.ToUpperInvariant()) { DataStream = new MemoryStream(good.Bytes) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, good.Id) { DataStream = new MemoryStream(good.Bytes) });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "./" + good.Id) { DataStream = new MemoryStream(good.Bytes) });
        }

        var result = await UploadAsync(buffer.ToArray());
        Assert.Equal(
            ["mismatch", "invalid", "invalid", "invalid", "invalid", "invalid", "stored", "existing"],
            result["results"]!.AsArray().Select(entry => entry!["status"]!.GetValue<string>()));
        Assert.All(result["results"]!.AsArray().Take(6), entry => Assert.False(string.IsNullOrEmpty(entry!["reason"]!.GetValue<string>())));
        Assert.Equal(6, result["failed"]!.GetValue<int>());
        Assert.False(await ExistsAsync(wrong.Id));
    }

    [Fact]
    public async Task A_tar_that_ends_early_says_which_entry_and_keeps_what_was_whole()
    {
        var first = Blob("first and whole");
        var second = Blob("second and cut " + new string('y', 4000));
        var tar = Tar([first, second], TarEntryFormat.Ustar);
        using var client = fixture.CreateHttpClient();
        var response = await client.PostAsync("/blobs", new ByteArrayContent(tar[..2000]));
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("2", body["error"]!["message"]!.GetValue<string>());
        Assert.Contains(second.Id, body["error"]!["message"]!.GetValue<string>());
        Assert.Equal(1, body["stored"]!.GetValue<int>());
        Assert.True(await ExistsAsync(first.Id));
        Assert.False(await ExistsAsync(second.Id));
    }

    [Fact]
    public async Task A_header_that_lies_about_the_size_ends_the_batch_with_an_error()
    {
        var tar = Tar([Blob("size " + new string('z', 600)), Blob("behind")], TarEntryFormat.Ustar);
        Encoding.ASCII.GetBytes("00000000005\0").CopyTo(tar, 124);
        FixChecksum(tar);
        using var client = fixture.CreateHttpClient();
        var response = await client.PostAsync("/blobs", new ByteArrayContent(tar));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("offset", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_no_tar_at_all_is_refused()
    {
        using var client = fixture.CreateHttpClient();
        var response = await client.PostAsync("/blobs", new ByteArrayContent(RandomNumberGenerator.GetBytes(5000)));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_missing_blob_refuses_the_whole_download_unless_it_is_to_be_skipped()
    {
        var here = Blob("here for the download");
        var absent = Blob("never uploaded").Id;
        await UploadAsync(Tar([here], TarEntryFormat.Ustar));
        using var client = fixture.CreateHttpClient();

        var refused = await client.PostAsync("/blobs/tar", Json($$"""{"ids":["{{here.Id}}","{{absent}}"]}"""));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        var error = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!["error"]!;
        Assert.Equal([absent], error["data"]!["missing"]!.AsArray().Select(id => id!.GetValue<string>()));

        var skipped = await client.PostAsync("/blobs/tar", Json($$"""{"ids":["{{here.Id}}","{{absent}}"],"onMissing":"skip"}"""));
        Assert.Equal(here.Id, Assert.Single(ReadTar(await skipped.Content.ReadAsStreamAsync())).Id);
    }

    [Fact]
    public async Task Two_clients_that_upload_the_same_blobs_at_once_both_succeed()
    {
        var blobs = Enumerable.Range(0, 200).Select(n => Blob($"raced {n}")).ToList();
        var tar = Tar(blobs, TarEntryFormat.Ustar);
        var results = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => UploadAsync(tar)));
        Assert.All(results, result => Assert.Equal(200, result["stored"]!.GetValue<int>() + result["existing"]!.GetValue<int>()));
        Assert.Equal(200, (await DownloadAsync(blobs.Select(blob => blob.Id))).Count);
    }

    [Fact]
    public async Task Guests_may_not_use_the_bulk_routes()
    {
        using var guest = fixture.CreateGuestHttpClient();
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.GetAsync("/blobs/" + Blob("x").Id)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.PostAsync("/blobs", new ByteArrayContent(Tar([Blob("guest")], TarEntryFormat.Ustar)))).StatusCode);
        Assert.False(await ExistsAsync(Blob("guest").Id));
    }

    [Fact]
    public async Task An_unknown_transfer_is_not_found_and_the_wrong_method_not_allowed()
    {
        using var guest = fixture.CreateGuestHttpClient();
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync("/transfers/nonsense")).StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await guest.PostAsync("/transfers/nonsense", null)).StatusCode);
    }

    private static (string Id, byte[] Bytes) Blob(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return (Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);
    }

    private static byte[] Tar(IEnumerable<(string Id, byte[] Bytes)> blobs, TarEntryFormat format)
    {
        var buffer = new MemoryStream();
        using (var writer = new TarWriter(buffer, format, leaveOpen: true))
        {
            foreach (var (id, bytes) in blobs)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, id),
                    TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, id),
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, id),
                    _ => new V7TarEntry(TarEntryType.V7RegularFile, id),
                };
                entry.DataStream = new MemoryStream(bytes);
                writer.WriteEntry(entry);
            }
        }

        return buffer.ToArray();
    }

    private static List<(string Id, byte[] Bytes)> ReadTar(Stream stream)
    {
        var blobs = new List<(string, byte[])>();
        using var reader = new TarReader(stream);
        while (reader.GetNextEntry() is { } entry)
        {
            var bytes = new MemoryStream();
            entry.DataStream?.CopyTo(bytes);
            blobs.Add((entry.Name, bytes.ToArray()));
        }

        return blobs;
    }

    private static void FixChecksum(byte[] tar)
    {
        tar.AsSpan(148, 8).Fill((byte)' ');
        var sum = tar.AsSpan(0, 512).ToArray().Sum(b => b);
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private async Task<JsonNode> UploadAsync(byte[] tar)
    {
        using var client = fixture.CreateHttpClient();
        var response = await client.PostAsync("/blobs", new ByteArrayContent(tar));
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)!;
    }

    private async Task<List<(string Id, byte[] Bytes)>> DownloadAsync(IEnumerable<string> ids)
    {
        using var client = fixture.CreateHttpClient();
        var response = await client.PostAsync("/blobs/tar", Json(new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id!)]) }.ToJsonString()));
        return ReadTar(await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync());
    }

    private async Task<bool> ExistsAsync(string id)
    {
        using var client = fixture.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/blobs/" + id);
        return (await client.SendAsync(request)).StatusCode == HttpStatusCode.OK;
    }
}
