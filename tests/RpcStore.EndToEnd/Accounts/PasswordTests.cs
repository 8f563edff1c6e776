using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>API passwords: the command that sets them, HTTP Basic, and that they are told to nobody.</summary>
public sealed class PasswordTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private const string Password = "ein Paßwort: mit Umlaut";
    private const string Another = "another password of this test";

    private readonly TemporaryFolder folder = new();

    private ServerProcess Server => fixture.Server;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_password_from_standard_input_or_a_file_is_taken_wherever_a_token_is()
    {
        await AddAsync("basic", "admin");
        var set = (await SetAsync("basic", Password + "\n")).ShouldSucceed();
        Assert.Contains(set.Lines, line => line.StartsWith("passwordSetAt\t", StringComparison.Ordinal));
        Assert.DoesNotContain(Password, set.Output + set.Error);

        using var http = Basic("basic", Password);
        Assert.Equal("basic", (string?)(await http.CallAsync("auth.whoami"))["account"]);
        using (var put = await http.PutAsync($"/blobs/{Sha256("by basic")}", new StringContent("by basic")))
        {
            Assert.Equal(HttpStatusCode.Created, put.StatusCode);
        }

        Assert.Equal("by basic", await http.GetStringAsync($"/blobs/{Sha256("by basic")}"));
        Assert.Empty((await http.CallAsync("auth.sessions"))["sessions"]!.AsArray());

        await File.WriteAllTextAsync(folder.File("password"), Another);
        (await Command.RpcStoreAsync("--server", Server.Url, "accounts", "set-password", "basic", "--password-file", folder.File("password"))).ShouldSucceed();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync("/metrics")).StatusCode);
        using var next = Basic("basic", Another);
        Assert.Equal(HttpStatusCode.OK, (await next.GetAsync("/metrics")).StatusCode);

        (await Command.RpcStoreAsync("--server", Server.Url, "accounts", "set-password", "basic", "--remove")).ShouldSucceed();
        Assert.Equal(HttpStatusCode.Unauthorized, (await next.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task The_command_refuses_what_is_no_password()
    {
        await AddAsync("careless", "user");
        Assert.Equal(2, (await SetAsync("careless", "")).ExitCode);
        Assert.Equal(2, (await SetAsync("careless", "one line and\nanother line\n")).ExitCode);
        Assert.NotEqual(0, (await SetAsync("careless", "too short")).ExitCode);
        Assert.Equal(1, (await SetAsync("nobody-here", Password)).ExitCode);
        var both = await Command.RpcStoreAsync("--server", Server.Url, "accounts", "set-password", "careless", "--remove", "--password-file", "-");
        Assert.Equal(2, both.ExitCode);
    }

    [Fact]
    public async Task A_password_is_in_no_log_journal_or_file()
    {
        const string secret = "a password that nobody sees";
        await AddAsync("secretive", "user");
        (await SetAsync("secretive", secret)).ShouldSucceed();
        using (var right = Basic("secretive", secret))
        {
            Assert.Equal("secretive", (string?)(await right.CallAsync("auth.whoami"))["account"]);
        }

        using (var wrong = Basic("secretive", secret + " not"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await wrong.GetAsync("/metrics")).StatusCode);
        }

        using var local = new AdminClient(fixture.Socket);
        var entries = (await local.CallAsync("journal.query", """{"method":"accounts.setPassword"}""")).ToJsonString();
        Assert.Contains("secretive", entries);
        Assert.DoesNotContain(secret, entries);
        Assert.DoesNotContain(secret, Server.Log);
        foreach (var file in Directory.EnumerateFiles(Server.Data, "catalog.db*"))
        {
            Assert.DoesNotContain(secret, Encoding.Latin1.GetString(await ReadSharedAsync(file)));
        }
    }

    [Fact]
    public async Task A_user_by_password_may_what_a_user_may()
    {
        await AddAsync("reading", "user");
        (await SetAsync("reading", Password)).ShouldSucceed();
        using var http = Basic("reading", Password);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/metrics")).StatusCode);
        using var refused = await http.PutAsync($"/blobs/{Sha256("x")}", new StringContent("x"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm8gY29sb24=")]
    [InlineData("Basic /////w==")]
    [InlineData("Basic Og==")]
    [InlineData("Digest username=\"x\"")]
    public async Task A_malformed_header_is_refused(string header)
    {
        using var http = fixture.CreateGuestHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openrpc.json");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var response = await http.SendAsync(request);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unauthenticated", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["data"]!["name"]);
    }

    [Fact]
    public async Task A_page_in_a_browser_changes_nothing_with_a_password()
    {
        await AddAsync("browsing", "admin");
        (await SetAsync("browsing", Password)).ShouldSucceed();
        foreach (var (name, value) in ((string, string)[])[("Origin", "https://example.org"), ("Sec-Fetch-Site", "same-origin")])
        {
            using var http = Basic("browsing", Password);
            http.DefaultRequestHeaders.Add(name, value);
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/metrics")).StatusCode);
            using var call = await http.PostAsync("/rpc", new StringContent("""{"jsonrpc":"2.0","id":1,"method":"auth.whoami"}"""));
            Assert.Equal(HttpStatusCode.Unauthorized, call.StatusCode);
            using var put = await http.PutAsync($"/blobs/{Sha256("y")}", new StringContent("y"));
            Assert.Equal(HttpStatusCode.Unauthorized, put.StatusCode);
        }
    }

    [Fact]
    public async Task A_transfer_ends_with_the_password_that_opened_it()
    {
        await AddAsync("cut", "admin");
        (await SetAsync("cut", Password)).ShouldSucceed();
        using var http = Basic("cut", Password);
        var upload = await http.CallAsync("blobs.upload");
        (await SetAsync("cut", Another)).ShouldSucceed();
        using var guest = fixture.CreateGuestHttpClient();
        using var refused = await guest.PutAsync((string)upload["url"]!, new ByteArrayContent([]));
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);
        Assert.Contains("session", await refused.Content.ReadAsStringAsync());
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static async Task<byte[]> ReadSharedAsync(string file)
    {
        await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new MemoryStream();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    private async Task AddAsync(string name, string role) =>
        (await Command.RpcStoreAsync("--server", Server.Url, "accounts", "add", name, "--role", role)).ShouldSucceed();

    private Task<CommandResult> SetAsync(string name, string input) => Command.RunAsync(
        Repository.Command, ["--server", Server.Url, "accounts", "set-password", name], Encoding.UTF8.GetBytes(input));

    private HttpClient Basic(string name, string password)
    {
        var http = fixture.CreateGuestHttpClient();
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));
        return http;
    }
}
