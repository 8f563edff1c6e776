using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Clients;

/// <summary>A server on every kind of endpoint, with a user and an admin who have keys.</summary>
internal sealed class ScenarioServer : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    private ScenarioServer()
    {
    }

    /// <summary>The private key of an account that is a user.</summary>
    public string UserKey => folder.File("user/key");

    /// <summary>The private key of an account that is an admin.</summary>
    public string AdminKey => folder.File("admin/key");

    private ServerProcess Server => server ?? throw new InvalidOperationException("The server was not started.");

    /// <summary>Starts one.</summary>
    public static async Task<ScenarioServer> StartAsync()
    {
        var scenarios = new ScenarioServer();
        try
        {
            scenarios.server = await ServerProcess.StartAsync(
                scenarios.folder.Path, "--listen", "tls://127.0.0.1:0", "--tls-self-signed");
            await Person.CreateAsync(scenarios.folder.File("user"), scenarios.Server, "reader");
            await Person.CreateAsync(scenarios.folder.File("admin"), scenarios.Server, "keeper", "admin");
            return scenarios;
        }
        catch
        {
            await scenarios.DisposeAsync();
            throw;
        }
    }

    /// <summary>The URL that a client takes for a kind of connection.</summary>
    public string UrlOf(string transport) => transport switch
    {
        "unix" => Server.Url,
        "tcp" => Server.TcpUrl,
        "tls" => Server.StartUpText.Split('\n', ' ').First(word => word.StartsWith("tls://", StringComparison.Ordinal) && word.Contains("#sha256:", StringComparison.Ordinal)).Trim(),
        _ => $"{transport}://127.0.0.1:{Server.Port}",
    };

    /// <summary>Kills it, and starts it again where it was.</summary>
    public async Task RestartAsync()
    {
        var (tcp, tls) = (Server.TcpUrl, UrlOf("tls").Split('#')[0]);
        await Server.KillAsync();
        await Server.DisposeAsync();
        server = await ServerProcess.StartAsync(folder.Path, [], ["--listen", tls, "--tls-self-signed"], tcp);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }
}
