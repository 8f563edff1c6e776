using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Rfs;

/// <summary>A server with accounts that sign in, as somebody sets it up for rfs.</summary>
internal sealed class RfsServer : IAsyncDisposable
{
    public const string Password = "a password for rfs";

    private readonly TemporaryFolder folder = new();

    private RfsServer()
    {
    }

    public ServerProcess Server { get; private set; } = null!;

    public AdminClient Local { get; private set; } = null!;

    public string Url => $"http://127.0.0.1:{Server.Port}";

    /// <summary>Starts one with the admins <c>one</c> and <c>two</c> and the user <c>reader</c>.</summary>
    public static async Task<RfsServer> StartAsync(params string[] more)
    {
        var server = new RfsServer();
        server.Server = await ServerProcess.StartAsync(server.folder.Path, more);
        server.Local = new AdminClient(server.Server.Socket);
        foreach (var (name, role) in ((string, string)[])[("one", "admin"), ("two", "admin"), ("reader", "user")])
        {
            await server.Local.CallAsync("accounts.create", $$"""{"name":"{{name}}","role":"{{role}}"}""");
            await server.Local.CallAsync("accounts.setPassword", $$"""{"name":"{{name}}","password":"{{Password}}"}""");
        }

        return server;
    }

    /// <summary>A client; signed in where there is a name.</summary>
    public async Task<RfsClient> ConnectAsync(string? name = null)
    {
        var client = new RfsClient(Url);
        if (name is not null)
        {
            await client.SigninAsync(name, Password);
        }

        return client;
    }

    public string File(string name) => folder.File(name);

    public async ValueTask DisposeAsync()
    {
        Local?.Dispose();
        if (Server is not null)
        {
            await Server.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>Bytes that say what they are, and are no others'.</summary>
    public static byte[] Bytes(string what, int length)
    {
        var bytes = new byte[length];
        new Random(Encoding.UTF8.GetBytes(what).Aggregate(17, (seed, one) => (seed * 31) + one)).NextBytes(bytes);
        return bytes;
    }
}
