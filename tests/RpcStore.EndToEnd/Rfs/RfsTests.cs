using System.Net;
using System.Text;
using RpcStore.EndToEnd.Support;
using static RpcStore.EndToEnd.Rfs.RfsServer;

namespace RpcStore.EndToEnd.Rfs;

/// <summary>Everything that the command of rfs does with a server, request for request.</summary>
public sealed class RfsTests
{
    private static readonly (string Path, byte[] Content)[] Tree =
    [
        ("/index.html", Encoding.UTF8.GetBytes("<h1>first page</h1>")),
        ("/css/site.css", Encoding.UTF8.GetBytes("h1 { color: red }")),
        ("/docs/index.html", Encoding.UTF8.GetBytes("<h1>docs</h1>")),
        ("/docs/large.bin", Bytes("large", (3 * (512 << 10)) + 7)),
        ("/docs/zeros.bin", new byte[600_000]),
        ("/empty", []),
    ];

    [Theory]
    [InlineData("server")]
    [InlineData("http")]
    public async Task What_is_packed_here_is_unpacked_from_here(string store)
    {
        await using var server = await StartAsync("--open-blocks");
        using var client = await server.ConnectAsync("one");
        var flist = server.File("x.fl");
        await RfsFlist.PackAsync(client, Tree, flist);
        var posted = client.Uploads;

        // Mounts and unpacks have no token.
        using var guest = await server.ConnectAsync();
        var tree = await RfsFlist.UnpackAsync(flist, url =>
        {
            Assert.Equal(server.Url, url);
            return store == "server" ? guest.DownloadBlockAsync : guest.DownloadFromFolderAsync;
        });
        Assert.Equal(Tree.Length, tree.Count);
        Assert.All(Tree, file => Assert.Equal(file.Content, tree[file.Path]));

        // The same again stores nothing.
        var before = (long)(await server.Local.CallAsync("server.status"))["blobs"]!;
        await RfsFlist.PackAsync(client, Tree, server.File("y.fl"));
        Assert.Equal(2 * posted, client.Uploads);
        Assert.Equal(before, (long)(await server.Local.CallAsync("server.status"))["blobs"]!);
    }

    [Fact]
    public async Task A_block_is_new_once()
    {
        await using var server = await StartAsync("--open-blocks");
        using var one = await server.ConnectAsync("one");
        using var two = await server.ConnectAsync("two");
        var block = Bytes("new once", 1000);
        Assert.Equal((HttpStatusCode.Created, RfsClient.HashOf(block)), await one.UploadBlockAsync(block, "", 0));
        Assert.Equal((HttpStatusCode.OK, RfsClient.HashOf(block)), await one.UploadBlockAsync(block, "", 0));
        Assert.Equal((HttpStatusCode.OK, RfsClient.HashOf(block)), await two.UploadBlockAsync(block, "", 0));
        Assert.Equal(block, await two.DownloadBlockAsync(RfsClient.HashOf(block)));
    }

    [Fact]
    public async Task A_file_is_uploaded_once_and_by_everybody()
    {
        await using var server = await StartAsync("--open-blocks");
        using var one = await server.ConnectAsync("one");
        using var two = await server.ConnectAsync("two");
        using var guest = await server.ConnectAsync();

        // The same block twice, and a short one.
        byte[] file = [.. Bytes("twice", RfsClient.BlockBytes), .. Bytes("between", RfsClient.BlockBytes), .. Bytes("twice", RfsClient.BlockBytes), .. Bytes("end", 99)];
        var hash = await one.UploadAsync(file);
        Assert.Equal(4, one.Uploads);
        Assert.Equal(file, await guest.DownloadAsync(hash));

        // Nothing is missing any more, for whoever asks; and the file is not doubled by the second who has it.
        Assert.Equal(hash, await one.UploadAsync(file));
        Assert.Equal(hash, await two.UploadAsync(file));
        Assert.Equal((4, 0), (one.Uploads, two.Uploads));
        await two.UploadBlockAsync(file[..RfsClient.BlockBytes], hash, 0);
        Assert.Equal(4, (await guest.GetBlocksByHashAsync(hash))!.Length);
        Assert.Equal(file, await guest.DownloadAsync(hash));

        // A block alone is a file as well.
        var block = RfsClient.HashOf(file[..RfsClient.BlockBytes]);
        Assert.Equal([(block, 0)], (await guest.GetBlocksByHashAsync(block))!);
        Assert.Equal(file[..RfsClient.BlockBytes], await guest.DownloadAsync(block));
        Assert.Null(await guest.DownloadAsync(new string('7', 64)));
        Assert.True(await guest.CheckBlockAsync(block));
        Assert.False(await guest.CheckBlockAsync(new string('7', 64)));
    }

    [Fact]
    public async Task A_file_that_is_not_whole_is_not_served()
    {
        await using var server = await StartAsync();
        using var one = await server.ConnectAsync("one");
        byte[][] blocks = [Bytes("first", 100), Bytes("second", 100), Bytes("third", 100)];
        var hashes = blocks.Select(block => RfsClient.HashOf(block)).ToArray();
        var file = RfsClient.FileHashOf(hashes);
        await one.UploadBlockAsync(blocks[2], file, 2);
        await one.UploadBlockAsync(blocks[0], file, 0);
        using var http = await SignedInAsync(server, "reader");
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/api/v1/blocks/{file}")).StatusCode);

        // With a wrong block in the gap it is no better; the right one takes its place.
        await one.UploadBlockAsync(Bytes("wrong", 100), file, 1);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/api/v1/file/{file}")).StatusCode);
        Assert.Equal([hashes[1]], await one.VerifyAsync(hashes.Select((hash, index) => (hash, file, (long)index))));
        await one.UploadBlockAsync(blocks[1], file, 1);
        Assert.Equal(blocks.SelectMany(block => block), await http.GetByteArrayAsync($"/api/v1/file/{file}"));

        // From here on nobody changes it.
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(server, one, $"file_hash={file}&idx=1", Bytes("wrong", 100)));
        Assert.Equal(HttpStatusCode.Conflict, await PostAsync(server, one, $"file_hash={file}&idx=3", Bytes("wrong", 100)));
    }

    [Fact]
    public async Task Blocks_of_files_stay_until_the_file_is_deleted()
    {
        await using var server = await StartAsync();
        using var one = await server.ConnectAsync("one");
        byte[] shared = Bytes("shared", RfsClient.BlockBytes);
        byte[] first = [.. shared, .. Bytes("of the first", 10)];
        byte[] second = [.. shared, .. Bytes("of the second", 10)];
        var (a, b) = (await one.UploadAsync(first), await one.UploadAsync(second));
        var id = "blake2b-" + RfsClient.HashOf(shared);
        Assert.Contains("referenced", (await server.Local.DeleteAsync(id)).ToJsonString());

        using var http = await SignedInAsync(server, "one");
        var gone = await http.DeleteAsync($"/api/v1/file/{a}");
        Assert.Equal($$"""{"file_hash":"{{a}}","blocks":1,"bytes":10}""", await gone.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"/api/v1/file/{a}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.DeleteAsync($"/api/v1/file/{a}")).StatusCode);
        Assert.Equal(second, await http.GetByteArrayAsync($"/api/v1/file/{b}"));
        Assert.Contains("\"blocks\":2", await (await http.DeleteAsync($"/api/v1/file/{b}")).Content.ReadAsStringAsync());
        Assert.Empty(await server.Local.FindAsync([id]));
    }

    [Fact]
    public async Task A_whole_file_in_one_request()
    {
        await using var server = await StartAsync();
        using var http = await SignedInAsync(server, "one");
        var file = Bytes("whole", (5 << 20) + 3);
        using var posted = await http.PostAsync("/api/v1/file", new ByteArrayContent(file));
        Assert.Equal(HttpStatusCode.Created, posted.StatusCode);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
        Assert.Equal($$"""{"file_hash":"{{hash}}","message":"File is uploaded successfully"}""", await posted.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsync("/api/v1/file", new ByteArrayContent(file))).StatusCode);

        using var got = await http.GetAsync($"/api/v1/file/{hash}");
        Assert.Equal(file, await got.Content.ReadAsByteArrayAsync());
        Assert.Equal("attachment", got.Content.Headers.ContentDisposition?.DispositionType);
        using var range = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/file/{hash}") { Headers = { Range = new(1_000_000, 2_100_000) } };
        using var part = await http.SendAsync(range);
        Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
        Assert.Equal(file[1_000_000..2_100_001], await part.Content.ReadAsByteArrayAsync());
        using var known = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/file/{hash}") { Headers = { IfNoneMatch = { got.Headers.ETag! } } };
        Assert.Equal(HttpStatusCode.NotModified, (await http.SendAsync(known)).StatusCode);
    }

    [Fact]
    public async Task Servers_are_synchronized_by_hash_and_as_a_whole()
    {
        await using var source = await StartAsync("--open-blocks");
        await using var target = await StartAsync("--open-blocks");
        using var from = await source.ConnectAsync("one");
        using var to = await target.ConnectAsync("two");
        var file = Bytes("synchronized", (2 * RfsClient.BlockBytes) + 5);
        var hash = await from.UploadAsync(file);
        await from.SyncAsync(hash, to);
        Assert.Equal(file, await to.DownloadAsync(hash));

        // A file that the source named by its bytes arrives too, once somebody who is known asks for it.
        using var poster = await SignedInAsync(source, "one");
        await poster.PostAsync("/api/v1/file", new ByteArrayContent(file));
        var byContent = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(file));
        await from.SyncAsync(byContent, to);
        using var asker = await SignedInAsync(target, "reader");
        Assert.Equal(file, await asker.GetByteArrayAsync($"/api/v1/file/{byContent}"));
        Assert.Equal(file, await to.DownloadAsync(byContent));

        foreach (var i in Enumerable.Range(0, 70))
        {
            await from.UploadBlockAsync(Bytes("block " + i, 50), "", 0);
        }

        Assert.Equal(73, await from.SyncAllAsync(to, 50));
        var (_, total) = await to.ListBlocksAsync(50, 1);
        Assert.Equal(73, total);
        var before = to.Uploads;
        Assert.Equal(73, await from.SyncAllAsync(to, 7));
        Assert.Equal(before, to.Uploads);
    }

    [Fact]
    public async Task Pages_of_blocks_are_stable_and_whole()
    {
        await using var server = await StartAsync();
        using var one = await server.ConnectAsync("one");
        var posted = new HashSet<string>();
        foreach (var i in Enumerable.Range(0, 33))
        {
            posted.Add((await one.UploadBlockAsync(Bytes("page " + i, 40), "", 0)).Hash);
        }

        await server.Local.PutAsync(Bytes("no block of rfs", 40));
        using var http = await SignedInAsync(server, "reader");
        var pages = new List<string>();
        foreach (var page in Enumerable.Range(1, 5))
        {
            pages.Add(await http.GetStringAsync($"/api/v1/blocks?page={page}&per_page=10"));
        }

        var listed = pages.SelectMany(page => System.Text.Json.Nodes.JsonNode.Parse(page)!["blocks"]!.AsArray().Select(hash => (string)hash!)).ToArray();
        Assert.Equal(posted.Order(StringComparer.Ordinal), listed);
        Assert.EndsWith("\"total\":33,\"page\":5,\"per_page\":10}", pages[4]);
        Assert.Equal(pages[2], await http.GetStringAsync("/api/v1/blocks?page=3&per_page=10"));
        Assert.Contains("\"per_page\":100}", await http.GetStringAsync("/api/v1/blocks?per_page=100000"));
        Assert.StartsWith("{\"blocks\":[],", await http.GetStringAsync($"/api/v1/blocks?page={long.MaxValue}&per_page=100"));
    }

    [Fact]
    public async Task A_user_tracks_all_their_blocks_and_their_downloads()
    {
        await using var server = await StartAsync("--open-blocks");
        using var one = await server.ConnectAsync("one");
        using var two = await server.ConnectAsync("two");
        foreach (var i in Enumerable.Range(0, 120))
        {
            await one.UploadBlockAsync(Bytes("tracked " + i, 10 + i), "", 0);
        }

        var (_, other) = await two.UploadBlockAsync(Bytes("another's", 7), "", 0);
        var tracked = await one.TrackAsync();
        Assert.Equal(120, tracked.Select(block => block.Hash).Distinct().Count());
        Assert.Equal(Enumerable.Range(0, 120).Sum(i => 10 + i), tracked.Sum(block => block.Bytes));
        Assert.Equal((121, 1L), ((await two.GetUserBlocksAsync(1, 50)).All, (await two.GetUserBlocksAsync(1, 50)).Total));

        Assert.Equal((0, 7), await two.GetDownloadsAsync(other));
        for (var i = 0; i < 3; i++)
        {
            await one.DownloadBlockAsync(other);
        }

        await one.CheckBlockAsync(other);
        Assert.Equal((3, 7), await two.GetDownloadsAsync(other));

        // Counts survive a stop.
        Assert.Equal(0, await server.Server.StopAsync());
    }

    [Fact]
    public async Task A_website_is_published_and_taken_away()
    {
        await using var server = await StartAsync();
        using var one = await server.ConnectAsync("one");
        await RfsFlist.PackAsync(one, Tree, server.File("site.fl"));
        var hash = await one.UploadAsync(await File.ReadAllBytesAsync(server.File("site.fl")));
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = new Uri(server.Url) };
        var site = $"/website/{hash}/";
        using var page = await browser.GetAsync(site);
        Assert.Equal("<h1>first page</h1>", await page.Content.ReadAsStringAsync());
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType?.ToString());
        Assert.Equal("text/css; charset=utf-8", (await browser.GetAsync(site + "css/site.css")).Content.Headers.ContentType?.ToString());
        Assert.Equal("<h1>docs</h1>", await browser.GetStringAsync(site + "docs/"));
        Assert.Equal(site + "docs/", (await browser.GetAsync(site + "docs")).Headers.Location?.ToString());
        Assert.Equal(site, (await browser.GetAsync(site.TrimEnd('/'))).Headers.Location?.ToString());
        Assert.Equal(Tree[3].Content, await browser.GetByteArrayAsync(site + "docs/large.bin"));
        Assert.Empty(await browser.GetByteArrayAsync(site + "empty"));
        using var range = new HttpRequestMessage(HttpMethod.Get, site + "docs/large.bin") { Headers = { Range = new(500_000, 600_000) } };
        Assert.Equal(Tree[3].Content[500_000..600_001], await (await browser.SendAsync(range)).Content.ReadAsByteArrayAsync());
        foreach (var path in (string[])["css/", "no", "index.html/", "%2e%2e/x", "css%2Fsite.css", "%00"])
        {
            Assert.True((await browser.GetAsync(site + path)).StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, path);
        }

        // The blocks are kept for it, and go with it.
        var blocks = (await server.Local.ListAsync()).Keys.ToArray();
        Assert.DoesNotContain("\"deleted\"", (await server.Local.DeleteAsync(blocks)).ToJsonString());
        using var admin = await SignedInAsync(server, "one");
        Assert.Equal(HttpStatusCode.OK, (await admin.DeleteAsync($"/api/v1/file/{hash}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync(site)).StatusCode);
        Assert.DoesNotContain((await server.Local.ListAsync()).Keys, id => id.StartsWith("blake2b-", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_guest_reads_public_flists_and_their_blocks_alone()
    {
        await using var server = await StartAsync();
        using var one = await server.ConnectAsync("one");
        using var guest = await server.ConnectAsync();
        using var admin = await SignedInAsync(server, "one");
        using var browser = new HttpClient { BaseAddress = new Uri(server.Url) };
        await RfsFlist.PackAsync(one, Tree, server.File("x.fl"));
        var flist = await File.ReadAllBytesAsync(server.File("x.fl"));
        Assert.Equal(HttpStatusCode.Created, (await admin.PutAsync("/flists/one/tree", new ByteArrayContent(flist))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/flists/one/tree.fl")).StatusCode);
        Assert.Equal("{}", await browser.GetStringAsync("/api/v1/fl"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/api/v1/fl/preview/flists%2Fone%2Ftree.fl")).StatusCode);
        await Assert.ThrowsAsync<FileNotFoundException>(() => RfsFlist.UnpackAsync(server.File("x.fl"), _ => guest.DownloadBlockAsync));

        await server.Local.CallAsync("flists.update", """{"account":"one","name":"tree","public":true}""");
        Assert.Equal(flist, await browser.GetByteArrayAsync("/flists/one/tree.fl"));
        Assert.Equal(Tree.Length, (await RfsFlist.UnpackAsync(server.File("x.fl"), _ => guest.DownloadBlockAsync)).Count);
        Assert.Equal(Tree.Length, (await RfsFlist.UnpackAsync(server.File("x.fl"), _ => guest.DownloadFromFolderAsync)).Count);
        Assert.StartsWith(
            $$"""{"one":[{"name":"tree.fl","path_uri":"flists/one/tree.fl","is_file":true,"size":{{flist.Length}},"last_modified":""",
            await browser.GetStringAsync("/api/v1/fl"));
        foreach (var path in (string[])["flists%2Fone%2Ftree.fl", "flists/one/tree.fl"])
        {
            var preview = System.Text.Json.Nodes.JsonNode.Parse(await browser.GetStringAsync("/api/v1/fl/preview/" + path))!;
            string[] expected = ["/", "/css", "/css/site.css", "/docs", "/docs/index.html", "/docs/large.bin", "/docs/zeros.bin", "/empty", "/index.html"];
            Assert.Equal(expected, preview["content"]!.AsArray().Select(name => (string)name!).Order(StringComparer.Ordinal));
            Assert.Equal("server://" + server.Url, (string?)preview["metadata"]);
            Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(flist)), (string?)preview["checksum"]);
        }

        await server.Local.CallAsync("flists.update", """{"account":"one","name":"tree","public":false}""");
        await Assert.ThrowsAsync<FileNotFoundException>(() => RfsFlist.UnpackAsync(server.File("x.fl"), _ => guest.DownloadBlockAsync));
    }

    [Theory]
    [InlineData("body")]
    [InlineData("form")]
    public async Task A_flist_comes_and_goes_by_its_id(string way)
    {
        await using var server = await StartAsync();
        using var admin = await SignedInAsync(server, "one");
        (await Command.ShellAsync($"cd {server.File(".")} && mkdir t && echo first > t/a && tar -czf t.tgz -C t .")).ShouldSucceed();
        var archive = new ByteArrayContent(await File.ReadAllBytesAsync(server.File("t.tgz")));
        using HttpContent body = way == "body" ? archive : new MultipartFormDataContent { { new StringContent("x"), "other" }, { archive, "file", "t.tgz" } };
        using var made = await admin.PostAsync("/flist/upload?name=tree&public=true", body);
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var flist = System.Text.Json.Nodes.JsonNode.Parse(await made.Content.ReadAsStringAsync())!["flist"]!;
        Assert.Equal(("one", "tree", true, 1), ((string?)flist["account"], (string?)flist["name"], (bool)flist["public"]!, (int)flist["files"]!));
        var id = (string)flist["id"]!;

        using var guest = new HttpClient { BaseAddress = new Uri(server.Url) };
        Assert.Equal((long)flist["fileBytes"]!, (await guest.GetByteArrayAsync($"/flist/{id}/download")).Length);
        Assert.Equal(HttpStatusCode.Unauthorized, (await guest.DeleteAsync($"/flist/{id}")).StatusCode);
        using var gone = await admin.DeleteAsync($"/flist/{id}");
        Assert.Contains("\"blobs\":1,", await gone.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/flist/{id}/download")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.DeleteAsync($"/flist/{id}")).StatusCode);

        // Mistakes are named.
        foreach (var (path, content, word) in ((string, HttpContent, string)[])
        [
            ("/flist/upload", new StringContent("x"), "name"),
            ("/flist/upload?name=..%2Fx", new ByteArrayContent(await File.ReadAllBytesAsync(server.File("t.tgz"))), "name"),
            ("/flist/upload?name=x", new MultipartFormDataContent { { new StringContent("x"), "other" } }, "no field"),
            ("/flist/upload?name=x", new StringContent("no archive"), "archive"),
        ])
        {
            using var refused = await admin.PostAsync(path, content);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(word, await refused.Content.ReadAsStringAsync());
        }
    }

    [Fact]
    public async Task A_flist_whose_blocks_come_late_is_served_when_somebody_known_asks()
    {
        await using var server = await StartAsync();
        await using var elsewhere = await StartAsync();
        using var there = await elsewhere.ConnectAsync("one");
        await RfsFlist.PackAsync(there, Tree, server.File("late.fl"));
        using var one = await server.ConnectAsync("one");
        var hash = await one.UploadAsync(await File.ReadAllBytesAsync(server.File("late.fl")));
        using var guest = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var known = await SignedInAsync(server, "reader");
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/website/{hash}/")).StatusCode);
        using var refused = await known.GetAsync($"/website/{hash}/");
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("not here", await refused.Content.ReadAsStringAsync());

        await RfsFlist.PackAsync(one, Tree, server.File("again.fl"));
        Assert.Equal(HttpStatusCode.NotFound, (await guest.GetAsync($"/website/{hash}/")).StatusCode);
        Assert.Equal("<h1>first page</h1>", await known.GetStringAsync($"/website/{hash}/"));
        Assert.Equal("<h1>first page</h1>", await guest.GetStringAsync($"/website/{hash}/"));
    }

    internal static async Task<HttpClient> SignedInAsync(RfsServer server, string name)
    {
        using var client = await server.ConnectAsync(name);
        return new HttpClient { BaseAddress = new Uri(server.Url), DefaultRequestHeaders = { Authorization = new("Bearer", client.Token) } };
    }

    internal static async Task<HttpStatusCode> PostAsync(RfsServer server, RfsClient client, string query, byte[] block)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new("Bearer", client.Token) } };
        using var response = await http.PostAsync($"{server.Url}/api/v1/block?{query}", new ByteArrayContent(block));
        return response.StatusCode;
    }
}
