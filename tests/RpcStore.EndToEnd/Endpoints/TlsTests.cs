using System.Net.Security;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Endpoints;

/// <summary><c>tls://HOST:PORT</c> with certificates of an authority: every protocol inside, and what clients make of it.</summary>
public sealed class TlsTests : IAsyncLifetime
{
    private const string Info = """{"jsonrpc":"2.0","id":1,"method":"server.info"}""";

    private readonly TemporaryFolder folder = new();
    private TestAuthority? authority;
    private ServerProcess? server;
    private string fingerprint = "";

    private string Certificate => folder.File("chain.pem");

    private string Key => folder.File("key.pem");

    private string Url => server!.StartUpText.Split('\n', ' ').First(word => word.StartsWith("tls://", StringComparison.Ordinal));

    private string Port => Url[(Url.LastIndexOf(':') + 1)..];

    public async ValueTask InitializeAsync()
    {
        authority = await TestAuthority.CreateAsync(folder.Path);
        fingerprint = await authority.IssueAsync(Certificate, Key);
        server = await ServerProcess.StartAsync(
            folder.Path, "--listen", "tls://127.0.0.1:0", "--tls-certificate", Certificate, "--tls-key", Key);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    [Theory]
    [InlineData("--http1.1", "1.1")]
    [InlineData("--http2", "2")]
    [InlineData("--tlsv1.2 --tls-max 1.2", "2")]
    public async Task Curl_trusts_it_by_the_authority_and_speaks_the_http_that_it_likes(string options, string version)
    {
        var result = await CurlAsync($"{options} -w '\\n%{{http_version}}' -d '{Info}' https://localhost:{Port}/rpc");
        var lines = result.ShouldSucceed().Lines;
        Assert.NotNull(JsonNode.Parse(lines[0])!["result"]);
        Assert.Equal(version, lines[1]);
    }

    [Fact]
    public async Task Openssl_verifies_the_chain_that_the_server_sends()
    {
        // Without the farewell of TLS (close_notify) this would be an unexpected end, and an error.
        var result = await Command.ShellAsync(
            $"""
            printf 'GET /openrpc.json HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' |
              timeout 60 openssl s_client -quiet -verify_return_error -CAfile {authority!.Root} -verify_hostname localhost -connect localhost:{Port} 2>&1
            """);
        Assert.Contains("HTTP/1.1 200", result.ShouldSucceed().Output);
        Assert.Contains("TestMiddle", result.Output);
    }

    [Fact]
    public async Task A_version_before_1_2_is_refused()
    {
        var old = await Command.ShellAsync(
            $"timeout 60 openssl s_client -tls1_1 -cipher DEFAULT@SECLEVEL=0 -connect localhost:{Port} </dev/null 2>&1");
        Assert.NotEqual(0, old.ExitCode);
        Assert.DoesNotContain("Cipher is ECDHE", old.Output);
    }

    [Theory]
    [InlineData(Info, 0)]
    [InlineData("Content-Length: 47\r\n\r\n" + Info, 1)]
    public async Task Raw_json_in_either_framing_is_spoken_inside(string sent, int headers)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", int.Parse(Port));
        await using var tls = new SslStream(tcp.GetStream(), false, (_, _, _, _) => true);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync(Encoding.UTF8.GetBytes(sent));

        // The end of the client's side, as TLS says it; the answer comes all the same.
        await tls.ShutdownAsync();
        using var reader = new StreamReader(tls);
        var parts = (await reader.ReadToEndAsync().WaitAsync(TimeSpan.FromSeconds(60))).Split("\r\n\r\n");
        Assert.Equal(headers, parts.Length - 1);
        Assert.NotNull(JsonNode.Parse(parts[^1])!["result"]);
    }

    [Fact]
    public async Task A_websocket_is_spoken_inside()
    {
        using var socket = new ClientWebSocket();
        socket.Options.RemoteCertificateValidationCallback = (_, _, _, _) => true;
        await socket.ConnectAsync(new Uri($"wss://localhost:{Port}/rpc"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Info), WebSocketMessageType.Text, true, CancellationToken.None);
        var buffer = new byte[65536];
        var received = await socket.ReceiveAsync(buffer, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.NotNull(JsonNode.Parse(buffer.AsSpan(0, received.Count))!["result"]);
    }

    [Fact]
    public async Task What_is_not_tls_gets_no_answer_and_the_endpoint_goes_on()
    {
        var plain = await Command.ShellAsync($"curl -sS --max-time 60 http://localhost:{Port}/openrpc.json");
        Assert.NotEqual(0, plain.ExitCode);
        (await CurlAsync($"https://localhost:{Port}/openrpc.json")).ShouldSucceed();
    }

    [Fact]
    public async Task The_command_trusts_what_the_system_trusts()
    {
        var trusting = new Dictionary<string, string> { ["SSL_CERT_FILE"] = authority!.Root };
        (await AskAsync($"tls://localhost:{Port}", trusting)).ShouldSucceed();

        // The name in the URL has to be one of the certificate's.
        var other = await AskAsync($"tls://127.0.0.1:{Port}", trusting);
        Assert.NotEqual(0, other.ExitCode);
        Assert.Contains("not for the name '127.0.0.1'", other.Error);

        var stranger = await AskAsync($"tls://localhost:{Port}");
        Assert.NotEqual(0, stranger.ExitCode);
        Assert.Contains($"tls://localhost:{Port}#sha256:{fingerprint}", stranger.Error);
    }

    [Fact]
    public async Task The_command_trusts_the_certificate_that_it_was_given_and_no_other()
    {
        (await AskAsync($"{Url}#sha256:{fingerprint}")).ShouldSucceed();
        (await AskAsync($"{Url}#sha256:{fingerprint.ToUpperInvariant()}")).ShouldSucceed();

        // Neither a wrong pin nor a right authority behind it helps.
        var wrong = await AskAsync($"{Url}#sha256:{new string('0', 64)}", new() { ["SSL_CERT_FILE"] = authority!.Root });
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains(fingerprint, wrong.Error);
        Assert.Contains("does not speak TLS", (await AskAsync(server!.TcpUrl.Replace("tcp", "tls", StringComparison.Ordinal))).Error);
    }

    [Fact]
    public async Task Changed_files_are_used_and_broken_ones_are_not()
    {
        var second = await authority!.IssueAsync(Certificate, Key, "ec -pkeyopt ec_paramgen_curve:P-256");
        await server!.WaitForLogAsync(second);
        Assert.Equal(second, await ReadFingerprintAsync());

        await File.WriteAllTextAsync(Certificate, "no certificate");
        await server.WaitForLogAsync($"SHA-256 {second} is kept");
        Assert.Equal(second, await ReadFingerprintAsync());
        (await AskAsync($"{Url}#sha256:{second}")).ShouldSucceed();

        File.Delete(Certificate);
        var third = await authority.IssueAsync(Certificate, Key);
        await server.SignalAsync("HUP");
        await server.WaitForLogAsync(third);
        Assert.Equal(third, await ReadFingerprintAsync());
    }

    private Task<CommandResult> CurlAsync(string arguments) =>
        Command.ShellAsync($"curl -sS --max-time 60 --cacert {authority!.Root} {arguments}");

    private static Task<CommandResult> AskAsync(string url, Dictionary<string, string>? environment = null) =>
        Command.RunAsync(Repository.Command, ["--server", url, "server", "info"], environment: environment);

    private async Task<string> ReadFingerprintAsync() => (await Command.ShellAsync(
        $"openssl s_client -connect localhost:{Port} </dev/null 2>/dev/null | openssl x509 -outform DER | sha256sum | cut -d ' ' -f 1"))
        .ShouldSucceed().Lines[0];
}
