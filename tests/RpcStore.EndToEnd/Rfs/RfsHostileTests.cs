using System.Net;
using System.Net.Sockets;
using System.Text;
using static RpcStore.EndToEnd.Rfs.RfsServer;

namespace RpcStore.EndToEnd.Rfs;

/// <summary>One server for requests that nobody should make.</summary>
public sealed class RfsHostileFixture : IAsyncLifetime
{
    internal RfsServer Server { get; private set; } = null!;

    internal HttpClient Guest { get; private set; } = null!;

    internal HttpClient Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await StartAsync("--max-block-bytes", "1MiB");
        Guest = new HttpClient { BaseAddress = new Uri(Server.Url) };
        Admin = await RfsTests.SignedInAsync(Server, "one");
    }

    public async ValueTask DisposeAsync()
    {
        Guest.Dispose();
        Admin.Dispose();
        await Server.DisposeAsync();
    }
}

/// <summary>What the routes of the flist server answer to whoever means ill, and to mistakes.</summary>
public sealed class RfsHostileTests(RfsHostileFixture fixture) : IClassFixture<RfsHostileFixture>
{
    private const string Hash = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /// <summary>Nothing in a path ever becomes a path of files, and nothing too short makes the server fail.</summary>
    [Theory]
    [InlineData("/api/v1/block/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/api/v1/block/%2e%2e%2f%2e%2e%2fcatalog.db")]
    [InlineData("/api/v1/block/abc")]
    [InlineData("/api/v1/block/%C3%A9%C3%A9")]
    [InlineData("/api/v1/block/00112233445566778899aabbccddeeff00112233445566778899aabbccddeefg")]
    [InlineData("/api/v1/block/00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff00")]
    [InlineData("/api/v1/block/abc/downloads")]
    [InlineData("/api/v1/blocks/..%2f..%2fx")]
    [InlineData("/api/v1/file/%2e%2e%2fx")]
    [InlineData("/api/v1/fl/preview/flists%2f..%2f..%2fcatalog.db")]
    [InlineData("/api/v1/fl/preview/%2fflists%2fone%2fx.fl")]
    [InlineData("/api/v1/fl/preview/flists/one")]
    [InlineData("/website/abc/")]
    [InlineData("/website/..%2f..%2fcatalog.db/")]
    [InlineData("/flists/..%2f/x.fl")]
    [InlineData("/catalog.db")]
    [InlineData("/config.toml")]
    [InlineData("/..%2fcatalog.db")]
    [InlineData("/00/112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")]
    [InlineData("/01/" + Hash)]
    [InlineData("/" + Hash)]
    public async Task Hostile_paths_are_no_paths(string path)
    {
        foreach (var http in new[] { fixture.Guest, fixture.Admin })
        {
            foreach (var method in new[] { HttpMethod.Get, HttpMethod.Head })
            {
                // As it is written: HttpClient would tidy it up.
                using var request = new HttpRequestMessage(method, new Uri(fixture.Server.Url + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }));
                request.Headers.Authorization = http.DefaultRequestHeaders.Authorization;
                using var response = await http.SendAsync(request);
                Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("?file_hash=")]
    [InlineData("?idx=0")]
    [InlineData("?file_hash=&idx=-1")]
    [InlineData("?file_hash=&idx=x")]
    [InlineData("?file_hash=&idx=0&idx=1")]
    [InlineData("?file_hash=abc&idx=0")]
    [InlineData("?file_hash=" + Hash + "&idx=99999999999999999999")]
    [InlineData("?file_hash=" + Hash + "&idx=16777216")]
    [InlineData("?file_hash=%2e%2e&idx=0")]
    public async Task Missing_and_wrong_parameters_are_named(string query)
    {
        using var response = await fixture.Admin.PostAsync("/api/v1/block" + query, new StringContent("x"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Matches("file_hash|idx", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/v1/blocks?page=0")]
    [InlineData("/api/v1/blocks?page=-1")]
    [InlineData("/api/v1/blocks?per_page=0")]
    [InlineData("/api/v1/blocks?page=99999999999999999999")]
    [InlineData("/api/v1/blocks?page_size=x")]
    [InlineData("/api/v1/user/blocks?page=0")]
    public async Task Pages_that_are_none_are_refused(string path) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await fixture.Admin.GetAsync(path)).StatusCode);

    [Theory]
    [InlineData("/api/v1/signin", "")]
    [InlineData("/api/v1/signin", "null")]
    [InlineData("/api/v1/signin", "[]")]
    [InlineData("/api/v1/signin", "{\"username\":\"one\"}")]
    [InlineData("/api/v1/signin", "{\"username\":\"one\",\"password\":null}")]
    [InlineData("/api/v1/signin", "{\"username\":7,\"password\":\"x\"}")]
    [InlineData("/api/v1/signin", "{\"username\":\"one\",\"password\":\"x\"")]
    [InlineData("/api/v1/block/verify", "")]
    [InlineData("/api/v1/block/verify", "{}")]
    [InlineData("/api/v1/block/verify", "{\"blocks\":null}")]
    [InlineData("/api/v1/block/verify", "{\"blocks\":[{}]}")]
    [InlineData("/api/v1/block/verify", "{\"blocks\":[{\"block_hash\":\"x\",\"file_hash\":\"\",\"block_index\":0}]}")]
    [InlineData("/api/v1/block/verify", "{\"blocks\":[{\"block_hash\":\"" + Hash + "\",\"file_hash\":\"x\",\"block_index\":0}]}")]
    [InlineData("/api/v1/block/verify", "{\"blocks\":[{\"block_hash\":\"" + Hash + "\",\"file_hash\":\"\",\"block_index\":1e400}]}")]
    public async Task Wrong_json_is_refused(string path, string body)
    {
        using var response = await fixture.Guest.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_block_that_is_too_large_is_refused_by_name_and_not_kept()
    {
        foreach (var isChunked in new[] { false, true })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/block?file_hash=&idx=0")
            {
                Content = new ByteArrayContent(new byte[(1 << 20) + 1]),
                Headers = { TransferEncodingChunked = isChunked },
            };
            using var response = await fixture.Admin.SendAsync(request);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
            Assert.Contains("maxBlockBytes", await response.Content.ReadAsStringAsync());
        }

        using var largest = await fixture.Admin.PostAsync("/api/v1/block?file_hash=&idx=0", new ByteArrayContent(new byte[1 << 20]));
        Assert.Equal(HttpStatusCode.Created, largest.StatusCode);
    }

    [Fact]
    public async Task A_body_that_is_cut_off_leaves_nothing()
    {
        var block = Bytes("cut", 1000);
        foreach (var path in new[] { "/api/v1/block?file_hash=&idx=0", "/api/v1/file" })
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(IPAddress.Loopback, fixture.Server.Server.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: {fixture.Admin.DefaultRequestHeaders.Authorization}\r\nContent-Length: 2000\r\n\r\n"));
            await socket.SendAsync(block);
        }

        // The server is as it was.
        Assert.False(await HasAsync(RfsClient.HashOf(block)));
        Assert.Equal("{\"msg\":\"flist server is working\"}", await fixture.Guest.GetStringAsync("/api/v1"));
    }

    [Fact]
    public async Task A_guest_learns_nothing_of_blocks_that_are_not_theirs()
    {
        var block = Bytes("not theirs", 100);
        using var client = await fixture.Server.ConnectAsync("one");
        var (_, hash) = await client.UploadBlockAsync(block, "", 0);
        using var user = await RfsTests.SignedInAsync(fixture.Server, "reader");
        foreach (var path in new[] { $"/api/v1/block/{hash}", $"/{hash[..2]}/{hash}", $"/{hash}", $"/api/v1/block/{hash}/downloads", $"/api/v1/blocks/{hash}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await fixture.Guest.GetAsync(path)).StatusCode);
            using var head = new HttpRequestMessage(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.NotFound, (await fixture.Guest.SendAsync(head)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await user.GetAsync(path.Replace(hash, hash.ToUpperInvariant(), StringComparison.Ordinal))).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, (await fixture.Guest.GetAsync("/api/v1/blocks")).StatusCode);
    }

    [Fact]
    public async Task A_user_reads_and_does_not_write()
    {
        using var user = await RfsTests.SignedInAsync(fixture.Server, "reader");
        foreach (var path in new[] { "/api/v1/block?file_hash=&idx=0", "/api/v1/file", "/api/v1/fl" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await user.PostAsync(path, new StringContent("x"))).StatusCode);
            Assert.Equal(HttpStatusCode.Unauthorized, (await fixture.Guest.PostAsync(path, new StringContent("x"))).StatusCode);
        }

        using var refused = await fixture.Admin.PostAsync("/api/v1/fl", new StringContent("{\"image_name\":\"redis\"}"));
        Assert.Equal(HttpStatusCode.NotImplemented, refused.StatusCode);
        Assert.Contains("docker", await refused.Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.NotFound, (await user.GetAsync("/api/v1/fl/d0b3c9a2-0000-0000-0000-000000000000")).StatusCode);
    }

    [Fact]
    public async Task Whoever_guesses_at_the_sign_in_must_wait_and_the_password_ends_its_sessions()
    {
        await using var server = await StartAsync("--login-failures-per-address", "3");
        using var http = await RfsTests.SignedInAsync(server, "reader");
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/api/v1/user/blocks")).StatusCode);
        await server.Local.CallAsync("accounts.setPassword", """{"name":"reader","password":"quite another password"}""");
        using var ended = await http.GetAsync("/api/v1/user/blocks");
        Assert.Equal(HttpStatusCode.Unauthorized, ended.StatusCode);
        Assert.Equal("text/plain", ended.Content.Headers.ContentType?.MediaType);

        using var guest = new HttpClient { BaseAddress = new Uri(server.Url) };
        var answers = new List<HttpStatusCode>();
        TimeSpan? wait = null;
        for (var i = 0; i < 10; i++)
        {
            using var body = new StringContent($$"""{"username":"reader","password":"{{Password}}"}""", Encoding.UTF8, "application/json");
            using var response = await guest.PostAsync("/api/v1/signin", body);
            answers.Add(response.StatusCode);
            wait = response.Headers.RetryAfter?.Delta ?? wait;
        }

        Assert.Equal([HttpStatusCode.Unauthorized, HttpStatusCode.TooManyRequests], answers.Distinct());
        Assert.NotNull(wait);
    }

    private async Task<bool> HasAsync(string hash)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/api/v1/block/{hash}");
        return (await fixture.Admin.SendAsync(request)).StatusCode == HttpStatusCode.OK;
    }
}
