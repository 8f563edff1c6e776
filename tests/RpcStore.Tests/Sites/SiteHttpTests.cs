using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Journal;
using RpcStore.Core.Sites;
using RpcStore.Server.Configuration;
using Xunit;

namespace RpcStore.Tests.Sites;

/// <summary>What a browser, or anything that speaks HTTP, gets of a site.</summary>
public sealed class SiteHttpTests : IAsyncLifetime
{
    private const string Modified = "Sun, 13 Sep 2020 12:26:40 GMT";
    private static readonly string Text = string.Concat(Enumerable.Range(0, 2000).Select(i => $"line {i}\n"));

    private SiteServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SiteServer.StartAsync();
        await server.PublishAsync(
            new SiteTree()
                .File("index.html", "<p>hello</p>").File("style.css", Text).File("data.bin", "0123456789").File("empty.txt", "")
                .File("404.html", "<p>own 404</p>").File("dir/page.html", "page").File("dir/a&b <c>.txt", "x").File("javascript:alert(1)", "y")
                .File("old.txt", "old", 0).File("future.txt", "future", 32_503_680_000).File("noise.txt", Noise(5000)),
            "/docs");
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_file_comes_with_all_that_a_cache_needs()
    {
        var answer = await server.GetAsync("/docs/data.bin");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("0123456789", await answer.Content.ReadAsStringAsync());
        Assert.Equal("application/octet-stream", Header(answer, "Content-Type"));
        Assert.Equal("10", Header(answer, "Content-Length"));
        Assert.Equal("bytes", Header(answer, "Accept-Ranges"));
        Assert.Equal(Modified, Header(answer, "Last-Modified"));
        Assert.Equal("public, no-cache", Header(answer, "Cache-Control"));
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("frame-ancestors 'self'", Header(answer, "Content-Security-Policy"));
        Assert.Matches("^\"[0-9a-f]{32}\"$", Header(answer, "ETag"));
        Assert.Null(Header(answer, "Vary"));
        Assert.Null(Header(answer, "Server"));
    }

    [Theory]
    [InlineData("/docs/", "text/html; charset=utf-8", "<p>hello</p>")]
    [InlineData("/docs/index.html", "text/html; charset=utf-8", "<p>hello</p>")]
    [InlineData("/docs/dir/page.html?x=1", "text/html; charset=utf-8", "page")]
    [InlineData("/%64ocs/dir/%70age.html", "text/html; charset=utf-8", "page")]
    [InlineData("/docs/empty.txt", "text/plain; charset=utf-8", "")]
    [InlineData("/docs/dir/a%26b%20%3Cc%3E.txt", "text/plain; charset=utf-8", "x")]
    public async Task Types_come_from_names(string path, string type, string content)
    {
        var answer = await server.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(type, Header(answer, "Content-Type"));
        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/docs", "/docs/")]
    [InlineData("/docs?a=b&c", "/docs/?a=b&c")]
    [InlineData("/docs/dir", "/docs/dir/")]
    public async Task A_directory_without_slash_is_redirected(string path, string location)
    {
        var answer = await server.GetAsync(path);
        Assert.Equal(HttpStatusCode.MovedPermanently, answer.StatusCode);
        Assert.Equal(location, Header(answer, "Location"));
        Assert.Contains("no-cache", Header(answer, "Cache-Control"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_shows_the_sites_own_page()
    {
        var answer = await server.GetAsync("/docs/nothing", ("If-None-Match", "*"), ("Range", "bytes=0-1"));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("<p>own 404</p>", await answer.Content.ReadAsStringAsync());
        Assert.Null(Header(answer, "ETag"));
    }

    [Fact]
    public async Task Without_such_a_page_the_server_writes_one_and_escapes_it()
    {
        await server.PublishAsync(new SiteTree().File("a", "b"), "/bare");
        var answer = await server.GetAsync("/bare/<script>alert(1)</script>");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.DoesNotContain("<script>", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Equal("no-store", Header(answer, "Cache-Control"));
    }

    [Fact]
    public async Task HEAD_tells_the_same_without_content()
    {
        foreach (var path in new[] { "/docs/data.bin", "/docs/style.css", "/docs/nothing", "/docs/empty.txt" })
        {
            var head = await server.SendAsync("HEAD", path, ("Accept-Encoding", "gzip"));
            var get = await server.GetAsync(path, ("Accept-Encoding", "gzip"));
            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(Names(get), Names(head));
            Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
            Assert.Equal("", await head.Content.ReadAsStringAsync());
        }

        static string Names(HttpResponseMessage answer) => string.Join(
            '\n', answer.Headers.Concat(answer.Content.Headers).Where(one => one.Key != "Date").OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Key}: {string.Join(',', one.Value)}"));
    }

    [Theory]
    [InlineData("If-None-Match", "TAG", 304)]
    [InlineData("If-None-Match", "W/TAG", 304)]
    [InlineData("If-None-Match", "\"x\", TAG", 304)]
    [InlineData("If-None-Match", "*", 304)]
    [InlineData("If-None-Match", "\"x\"", 200)]
    [InlineData("If-None-Match", "nonsense", 200)]
    [InlineData("If-Match", "TAG", 200)]
    [InlineData("If-Match", "*", 200)]
    [InlineData("If-Match", "\"x\"", 412)]
    [InlineData("If-Match", "W/TAG", 412)]
    [InlineData("If-Modified-Since", Modified, 304)]
    [InlineData("If-Modified-Since", "Mon, 14 Sep 2020 12:26:40 GMT", 304)]
    [InlineData("If-Modified-Since", "Sat, 12 Sep 2020 12:26:40 GMT", 200)]
    [InlineData("If-Modified-Since", "yesterday", 200)]
    [InlineData("If-Unmodified-Since", Modified, 200)]
    [InlineData("If-Unmodified-Since", "Sat, 12 Sep 2020 12:26:40 GMT", 412)]
    public async Task Conditions_are_kept(string name, string value, int status)
    {
        var tag = await TagAsync("/docs/data.bin");
        var answer = await server.GetAsync("/docs/data.bin", (name, value.Replace("TAG", tag, StringComparison.Ordinal)));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(tag, Header(answer, "ETag"));
        Assert.Equal(status == 200 ? "0123456789" : "", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_entity_tag_counts_before_a_date()
    {
        var changed = await server.GetAsync("/docs/data.bin", ("If-None-Match", "\"x\""), ("If-Modified-Since", Modified));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        var tag = await TagAsync("/docs/data.bin");
        var same = await server.GetAsync("/docs/data.bin", ("If-None-Match", tag), ("If-Modified-Since", "Sat, 12 Sep 2020 12:26:40 GMT"));
        Assert.Equal(HttpStatusCode.NotModified, same.StatusCode);
        var matches = await server.GetAsync("/docs/data.bin", ("If-Match", tag), ("If-Unmodified-Since", "Sat, 12 Sep 2020 12:26:40 GMT"));
        Assert.Equal(HttpStatusCode.OK, matches.StatusCode);
    }

    [Theory]
    [InlineData("bytes=0-3", 206, "0123", "bytes 0-3/10")]
    [InlineData("bytes=4-", 206, "456789", "bytes 4-9/10")]
    [InlineData("bytes=-3", 206, "789", "bytes 7-9/10")]
    [InlineData("bytes=-30", 206, "0123456789", "bytes 0-9/10")]
    [InlineData("bytes=9-9", 206, "9", "bytes 9-9/10")]
    [InlineData("bytes=5-9223372036854775807", 206, "56789", "bytes 5-9/10")]
    [InlineData("bytes=10-", 416, "", "bytes */10")]
    [InlineData("bytes=-0", 416, "", "bytes */10")]
    [InlineData("bytes=0-1,3-4", 200, "0123456789", null)]
    [InlineData("bytes=4-2", 200, "0123456789", null)]
    [InlineData("bytes=x", 200, "0123456789", null)]
    [InlineData("lines=0-3", 200, "0123456789", null)]
    [InlineData("bytes=99999999999999999999-", 200, "0123456789", null)]
    public async Task One_range_is_given(string range, int status, string content, string? contentRange)
    {
        var answer = await server.GetAsync("/docs/data.bin", ("Range", range));
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
        Assert.Equal(contentRange, Header(answer, "Content-Range"));
    }

    [Fact]
    public async Task A_range_is_given_only_of_what_the_client_has_the_rest_of()
    {
        var tag = await TagAsync("/docs/data.bin");
        async Task<int> With(string value) => (int)(await server.GetAsync("/docs/data.bin", ("Range", "bytes=0-3"), ("If-Range", value))).StatusCode;
        Assert.Equal(206, await With(tag));
        Assert.Equal(206, await With(Modified));
        Assert.Equal(200, await With("W/" + tag));
        Assert.Equal(200, await With("\"x\""));
        Assert.Equal(200, await With("Mon, 14 Sep 2020 12:26:40 GMT"));
        Assert.Equal(416, (int)(await server.GetAsync("/docs/empty.txt", ("Range", "bytes=0-"))).StatusCode);
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("*", "gzip")]
    [InlineData("gzip;q=0, *", null)]
    [InlineData("deflate", null)]
    [InlineData("identity", null)]
    public async Task Text_is_compressed_for_who_takes_it(string accepted, string? coding)
    {
        var answer = await server.GetAsync("/docs/style.css", ("Accept-Encoding", accepted));
        Assert.Equal(coding, Header(answer, "Content-Encoding"));
        Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(bytes.Length, answer.Content.Headers.ContentLength);
        Stream content = coding switch
        {
            "gzip" => new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        Assert.Equal(Text, await new StreamReader(content).ReadToEndAsync());
        Assert.True(coding is null || bytes.Length < Text.Length / 2);
    }

    [Fact]
    public async Task Each_coding_has_a_tag_of_its_own_and_each_tag_is_known_again()
    {
        var tags = new List<string>();
        foreach (var coding in new[] { "identity", "gzip", "br" })
        {
            tags.Add(Header(await server.GetAsync("/docs/style.css", ("Accept-Encoding", coding)), "ETag")!);
        }

        Assert.Equal(3, tags.Distinct().Count());
        foreach (var tag in tags)
        {
            var answer = await server.GetAsync("/docs/style.css", ("Accept-Encoding", "br"), ("If-None-Match", tag));
            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
            Assert.Equal(tag, Header(answer, "ETag"));
            Assert.Equal("Accept-Encoding", Header(answer, "Vary"));
        }

        var range = await server.GetAsync("/docs/style.css", ("Accept-Encoding", "br"), ("Range", "bytes=0-5"));
        Assert.Equal(HttpStatusCode.PartialContent, range.StatusCode);
        Assert.Null(Header(range, "Content-Encoding"));
        Assert.Equal(tags[0], Header(range, "ETag"));
        Assert.Equal("line 0", await range.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_does_not_become_smaller_is_sent_plain()
    {
        for (var i = 0; i < 2; i++)
        {
            var answer = await server.GetAsync("/docs/noise.txt", ("Accept-Encoding", "br"));
            Assert.Null(Header(answer, "Content-Encoding"));
            Assert.Equal(Noise(5000), await answer.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task A_large_text_is_compressed_beside_the_first_who_asks()
    {
        var text = string.Concat(Enumerable.Range(0, 300_000).Select(i => $"{i * 7} "));
        await server.PublishAsync(new SiteTree().File("large.json", text), "/large");
        for (var i = 0; ; i++)
        {
            var answer = await server.GetAsync("/large/large.json", ("Accept-Encoding", "gzip"));
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (Header(answer, "Content-Encoding") is null)
            {
                Assert.Equal(text.Length, bytes.Length);
                Assert.True(i < 500);
                await Task.Delay(20);
                continue;
            }

            using var unpacked = new StreamReader(new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress));
            Assert.Equal(text, await unpacked.ReadToEndAsync());
            break;
        }
    }

    [Fact]
    public async Task Equal_content_has_the_same_tag_in_every_site_and_other_content_another()
    {
        await server.PublishAsync(new SiteTree().File("x/other-name.bin", "0123456789", 5).File("b.bin", "0123456788"), "/other");
        Assert.Equal(await TagAsync("/docs/data.bin"), await TagAsync("/other/x/other-name.bin"));
        Assert.NotEqual(await TagAsync("/docs/data.bin"), await TagAsync("/other/b.bin"));
    }

    [Fact]
    public async Task Times_that_mean_nothing_are_not_told()
    {
        Assert.Null(Header(await server.GetAsync("/docs/old.txt"), "Last-Modified"));
        Assert.Null(Header(await server.GetAsync("/docs/future.txt"), "Last-Modified"));
    }

    [Fact]
    public async Task A_new_version_is_seen_by_the_next_request()
    {
        var tag = await TagAsync("/docs/data.bin");
        await server.ReplaceAsync("/docs", new SiteTree().File("data.bin", "new"));
        var answer = await server.GetAsync("/docs/data.bin", ("If-None-Match", tag));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("new", await answer.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/docs/style.css")).StatusCode);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    [InlineData("PROPFIND")]
    public async Task Other_methods_are_refused_and_those_there_are_named(string method)
    {
        var answer = await server.SendAsync(method, "/docs/data.bin");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("GET, HEAD, OPTIONS", Header(answer, "Allow"));
    }

    [Theory]
    [InlineData("/docs/../docs/data.bin", 404)]
    [InlineData("/docs/%2e%2e/docs/data.bin", 404)]
    [InlineData("/docs/..%2fdata.bin", 404)]
    [InlineData("/docs//data.bin", 404)]
    [InlineData("//docs/data.bin", 404)]
    [InlineData("/docs/data.bin%00", 400)]
    [InlineData("/docs/%ff", 404)]
    [InlineData("/docs/%", 404)]
    [InlineData("/docs%2fdata.bin", 404)]
    [InlineData("/docs/data.bin/", 404)]
    [InlineData("/docs/dir%5Cpage.html", 404)]
    [InlineData("http://here/docs/data.bin", 200)]
    [InlineData("/docs/data.bin", 200)]
    public async Task Hostile_targets_lead_nowhere(string target, int status) => Assert.Equal(status, await server.StatusAsync(target));

    [Fact]
    public async Task The_servers_routes_stay_and_what_is_in_no_site_is_theirs()
    {
        await server.PublishAsync(new SiteTree().File("index.html", "root").File("rpc", "not this"), "/");
        Assert.Equal("root", await (await server.GetAsync("/")).Content.ReadAsStringAsync());
        Assert.StartsWith("{", await (await server.GetAsync("/openrpc.json")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var call = await server.Client.PostAsync("/rpc", new StringContent("""{"jsonrpc":"2.0","id":1,"method":"server.info"}"""));
        Assert.Contains("serverId", await call.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/blobs/" + new string('0', 64))).StatusCode);
        Assert.Equal(301, await server.StatusAsync("/docs"));
    }

    [Fact]
    public async Task A_domain_has_all_of_its_paths()
    {
        await server.PublishAsync(new SiteTree().File("docs/data.bin", "of the domain"), domain: "docs.example.org");
        var answer = await server.GetAsync("/docs/data.bin", ("Host", "DOCS.example.org:1234"));
        Assert.Equal("of the domain", await answer.Content.ReadAsStringAsync());
        Assert.Equal("0123456789", await (await server.GetAsync("/docs/data.bin")).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_directory_is_listed_when_asked_for()
    {
        await server.PublishAsync(
            new SiteTree().File("b.txt", "bb").File("a&b <c>.txt", new string('x', 3000)).File("javascript:alert(1)", "y").Directory("z dir")
                .Link("link", "b.txt").Link("gone", "nowhere"),
            "/list", options: new SiteOptions { IsPublic = true, HasIndex = true });
        var answer = await server.GetAsync("/list/");
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Equal("text/html; charset=utf-8", Header(answer, "Content-Type"));
        Assert.Contains("default-src 'none'", Header(answer, "Content-Security-Policy"), StringComparison.Ordinal);
        Assert.Contains("<a href=\"./z%20dir/\">z dir/</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"./a&amp;b%20%3Cc%3E.txt\">a&amp;b &lt;c&gt;.txt</a>", page, StringComparison.Ordinal);
        Assert.Contains("2.9 KiB", page, StringComparison.Ordinal);
        Assert.Contains("href=\"./javascript:alert(1)\"", page, StringComparison.Ordinal);
        Assert.Contains("2020-09-13 12:26", page, StringComparison.Ordinal);
        Assert.Contains(">link</a>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", page, StringComparison.Ordinal);
        Assert.DoesNotContain("../", page, StringComparison.Ordinal);
        Assert.True(page.IndexOf("z dir", StringComparison.Ordinal) < page.IndexOf("b.txt", StringComparison.Ordinal));
        Assert.Contains("href=\"../\"", await (await server.GetAsync("/list/z%20dir/")).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, (await server.GetAsync("/list/", ("If-None-Match", Header(answer, "ETag")!))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await server.GetAsync("/docs/dir/")).StatusCode);
    }

    [Fact]
    public async Task A_directory_of_many_entries_is_listed_whole()
    {
        var tree = new SiteTree();
        for (var i = 0; i < 2500; i++)
        {
            tree.File($"many/{i:00000}", "");
        }

        await server.PublishAsync(tree, "/many", options: new SiteOptions { IsPublic = true, HasIndex = true });
        var page = await (await server.GetAsync("/many/many/")).Content.ReadAsStringAsync();
        Assert.Equal(2500, page.Split("<time").Length - 1);
        Assert.EndsWith("</html>\n", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_application_of_one_page_answers_navigations()
    {
        await server.PublishAsync(
            new SiteTree().File("index.html", "app").File("app.js", "code").File("404.html", "none"), "/app",
            options: new SiteOptions { IsPublic = true, IsSpa = true });
        async Task<string> Get(string path, params (string, string)[] headers)
        {
            var answer = await server.GetAsync("/app" + path, headers);
            return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()} {Header(answer, "Vary")}";
        }

        const string Vary = "Accept, Sec-Fetch-Mode";
        Assert.Equal($"200 app {Vary}", await Get("/some/where", ("Accept", "text/html,*/*;q=0.8")));
        Assert.Equal($"200 app {Vary}", await Get("/some/where", ("Sec-Fetch-Mode", "navigate")));
        Assert.Equal($"404 none {Vary}", await Get("/some/where.js", ("Accept", "text/html"), ("Sec-Fetch-Mode", "no-cors")));
        Assert.Equal($"404 none {Vary}", await Get("/api/data", ("Accept", "application/json")));
        Assert.Equal("200 code ", await Get("/app.js"));
    }

    [Fact]
    public async Task A_site_that_is_not_public_asks_who_it_is()
    {
        await server.PublishAsync(new SiteTree().File("index.html", "secret"), "/private", options: new SiteOptions());
        var answer = await server.GetAsync("/private/");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer, Basic realm=\"RpcStore\", charset=\"UTF-8\"", Header(answer, "WWW-Authenticate"));
        Assert.DoesNotContain("secret", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/private/nothing")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/docs/", ("Authorization", "Bearer wrong"))).StatusCode);
    }

    [Fact]
    public async Task A_large_file_comes_whole_and_in_ranges_with_a_cache_that_holds_a_fraction()
    {
        await using var small = await SiteServer.StartAsync(new SiteMemory { MaxBlockBytes = 2 << 20, MaxCompressedBytes = 0, MaxPathBytes = 0 });
        var content = Noise((9 * BlockCodec.BlockBytes) + 12345);
        await small.PublishAsync(new SiteTree().File("big.bin", content), "/big");
        await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
            Assert.Equal(content, await small.Client.GetByteArrayAsync(new Uri("/big/big.bin", UriKind.Relative)))));
        var random = new Random(5);
        for (var i = 0; i < 40; i++)
        {
            var start = random.Next(content.Length);
            var end = random.Next(start, content.Length);
            var answer = await small.GetAsync("/big/big.bin", ("Range", $"bytes={start}-{end}"));
            Assert.Equal(content[start..(end + 1)], await answer.Content.ReadAsByteArrayAsync());
        }

        Assert.True(small.Parts.Sites.Blocks.Cost <= 2 << 20);
    }

    [Fact]
    public async Task A_missing_blob_is_an_error_before_the_first_byte_and_a_cut_after_it()
    {
        var tree = new SiteTree().File("small.txt", "not stored anywhere");
        await server.ReplaceAsync("/docs", tree, withBlobs: false);
        var answer = await server.GetAsync("/docs/small.txt");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("not in the store", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var content = Noise(20 * BlockCodec.BlockBytes);
        await server.ReplaceAsync("/docs", new SiteTree().File("big.bin", content));
        var last = BlockCodec.Encode(content.AsSpan(19 * BlockCodec.BlockBytes)).Block.Id;
        await server.Store.RemoveAsync(new[] { last }, new bool[1], RpcStore.Core.Blobs.BlobRemoval.Delete, default);
        await Assert.ThrowsAnyAsync<Exception>(() => server.Client.GetByteArrayAsync(new Uri("/docs/big.bin", UriKind.Relative)));
    }

    [Fact]
    public async Task Who_does_not_read_holds_up_nobody_and_holds_no_blocks()
    {
        await using var small = await SiteServer.StartAsync(new SiteMemory { MaxBlockBytes = 2 << 20 });
        var content = Noise(30 * BlockCodec.BlockBytes);
        await small.PublishAsync(new SiteTree().File("big.bin", content).File("x.txt", "x"), "/big");
        var idle = new List<TcpClient>();
        for (var i = 0; i < 20; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, small.Port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /big/big.bin HTTP/1.1\r\nHost: a\r\n\r\n"));
            idle.Add(client);
        }

        Assert.Equal("x", await small.Client.GetStringAsync(new Uri("/big/x.txt", UriKind.Relative)));
        Assert.Equal(content, await small.Client.GetByteArrayAsync(new Uri("/big/big.bin", UriKind.Relative)));
        idle.ForEach(static client => client.Dispose());
    }

    [Fact]
    public async Task What_was_read_is_in_the_journal_once_for_all_requests()
    {
        for (var i = 0; i < 10; i++)
        {
            await (await server.GetAsync("/docs/data.bin")).Content.ReadAsByteArrayAsync();
        }

        long bytes = 0;
        for (var i = 0; bytes < 100; i++)
        {
            Assert.True(i < 200, $"{bytes}");
            await Task.Delay(50);
            var page = await server.Parts.Journal.ReadAsync(new JournalQuery(new JournalFilter(), JournalOrder.NewestFirst, null, 100), default);
            var ours = page.Where(one => one.Method == "GET site").ToArray();
            bytes = ours.Sum(one => one.BytesOut);
            Assert.All(ours, one => Assert.Equal("/docs", one.Subject));
            Assert.All(ours, one => Assert.Equal("guest", one.Account));
        }

        Assert.Equal(100, bytes);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) || answer.Content.Headers.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    private async Task<string> TagAsync(string path) => Header(await server.GetAsync(path), "ETag")!;
}
