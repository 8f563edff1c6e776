using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Endpoints;

/// <summary>Starting with TLS: the certificate that a server makes for itself, and certificates that cannot be used.</summary>
public sealed class TlsStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_self_signed_server_prints_the_url_that_works_and_keeps_its_certificate()
    {
        string url;
        await using (var server = await StartAsync())
        {
            url = FindPinnedUrl(server);
            (await Command.RpcStoreAsync("--server", url, "server", "info")).ShouldSucceed();
            var file = Path.Combine(server.Data, "tls-self-signed.pem");
            Assert.Equal("600", (await Command.RunAsync("stat", ["-c", "%a", file])).ShouldSucceed().Lines[0]);
            var named = await Command.RpcStoreAsync("--server", url[..url.IndexOf('#')], "server", "info");
            Assert.NotEqual(0, named.ExitCode);
            Assert.Contains(url, named.Error);
            await server.StopAsync();
        }

        await using var again = await StartAsync();
        Assert.Equal(url[url.IndexOf('#')..], FindPinnedUrl(again)[FindPinnedUrl(again).IndexOf('#')..]);
    }

    [Theory]
    [InlineData("", "--tls-certificate")]
    [InlineData("--tls-certificate /nowhere", "--tls-key")]
    [InlineData("--tls-key /nowhere", "--tls-certificate")]
    [InlineData("--tls-certificate /nowhere --tls-key /nowhere", "/nowhere")]
    [InlineData("--tls-certificate /nowhere --tls-key /nowhere --tls-self-signed", "--tls-self-signed")]
    [InlineData("--tls-certificate {0}/root.pem --tls-key {0}/middle.key", "key")]
    [InlineData("--tls-certificate {0}/root.key --tls-key {0}/root.key", "root.key")]
    public async Task A_certificate_that_cannot_be_used_is_an_error_at_the_start(string options, string word)
    {
        await TestAuthority.CreateAsync(folder.Path);
        string[] more = [.. string.Format(options, folder.Path).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        var result = await Command.RpcStoreAsync(["serve", "--data", folder.File("data"), "--listen", "tls://127.0.0.1:0", .. more]);
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("rpcstore: ", result.Error);
        Assert.DoesNotContain("   at ", result.Error);
        Assert.Contains(word, result.Error);
    }

    private Task<ServerProcess> StartAsync() => ServerProcess.StartAsync(folder.Path, "--listen", "tls://127.0.0.1:0", "--tls-self-signed");

    private static string FindPinnedUrl(ServerProcess server) =>
        server.StartUpText.Split('\n').Select(line => line.Trim()).First(line => line.Contains("#sha256:"));
}
