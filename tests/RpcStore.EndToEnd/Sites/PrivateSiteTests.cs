using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Rfs;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>A site for accounts only.</summary>
public sealed class PrivateSiteTests : IAsyncLifetime
{
    // More than sockets and buffers on the way hold together.
    private const int LargeBytes = 64 << 20;

    private readonly TemporaryFolder folder = new();
    private RfsServer server = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        server = await RfsServer.StartAsync();
        http = new HttpClient { BaseAddress = new Uri(server.Url) };
        var content = Directory.CreateDirectory(folder.File("content")).FullName;
        await File.WriteAllTextAsync(Path.Combine(content, "index.html"), "for accounts");
        await File.WriteAllBytesAsync(Path.Combine(content, "large.bin"), RfsServer.Bytes("large", LargeBytes));
        foreach (var command in (string[][])[["flists", "upload", content, "--name", "private"], ["sites", "publish", "private", "--prefix", "/private"]])
        {
            (await Command.RpcStoreAsync(["--server", $"unix:{server.Server.Socket}", .. command])).ShouldSucceed();
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await server.DisposeAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task It_is_read_with_a_password_or_a_token_and_with_nothing_less()
    {
        using var nobody = await GetAsync("/private/", null);
        Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Contains(nobody.Headers.WwwAuthenticate, challenge => challenge.Scheme == "Basic");
        using var wrong = await GetAsync("/private/", Basic("reader", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        using var made = await GetAsync("/private/", new AuthenticationHeaderValue("Bearer", "made-up"));
        Assert.Equal(HttpStatusCode.Unauthorized, made.StatusCode);

        foreach (var credential in new[] { Basic("reader", RfsServer.Password), new AuthenticationHeaderValue("Bearer", await SigninAsync()) })
        {
            using var answer = await GetAsync("/private/", credential);
            Assert.Equal("for accounts", await answer.Content.ReadAsStringAsync());
            Assert.True(answer.Headers.CacheControl is { Private: true }, $"A shared cache may keep it: {answer.Headers.CacheControl}");
        }
    }

    [Fact]
    public async Task A_download_is_cut_off_when_its_session_ends()
    {
        using var answer = await GetAsync("/private/large.bin", new AuthenticationHeaderValue("Bearer", await SigninAsync()));
        await using var body = await answer.Content.ReadAsStreamAsync();
        var buffer = new byte[1 << 16];
        var read = await body.ReadAtLeastAsync(buffer, buffer.Length);
        await server.Local.CallAsync("accounts.update", """{"name":"reader","disabled":true}""");
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (await body.ReadAsync(buffer) is > 0 and var more)
            {
                read += more;
            }
        });
        Assert.InRange(read, buffer.Length, LargeBytes - 1);
    }

    private async Task<HttpResponseMessage> GetAsync(string path, AuthenticationHeaderValue? credential)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = credential } };
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private async Task<string> SigninAsync()
    {
        using var body = new StringContent($$"""{"username":"reader","password":"{{RfsServer.Password}}"}""", Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri("/api/v1/signin", UriKind.Relative), body);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["access_token"]!;
    }

    private static AuthenticationHeaderValue Basic(string name, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
}
