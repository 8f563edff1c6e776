using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Access;

/// <summary>A server, and everybody who may come to it.</summary>
public sealed class AccessFixture : IAsyncLifetime
{
    private readonly ServerFixture server = new();
    private readonly Dictionary<string, AccessCaller> callers = [];

    /// <summary>The names of the callers.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "guest over TCP",
        "user with a token over TCP",
        "user with a token over the local socket",
        "admin over the local socket",
        "admin with a token over TCP",
    ];

    internal ServerFixture Server => server;

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        using var local = new AdminClient(server.Socket);
        using var user = await Visitor.CreateAsync(server.Server, local, "a-user", "user");
        using var admin = await Visitor.CreateAsync(server.Server, local, "an-admin", "admin");
        AccessCaller[] made =
        [
            new(server, "guest", isLocal: false, token: null),
            new(server, "user", isLocal: false, user.Token),
            new(server, "user", isLocal: true, user.Token),
            new(server, "admin", isLocal: true, token: null),
            new(server, "admin", isLocal: false, admin.Token),
        ];
        foreach (var (name, caller) in Names.Zip(made))
        {
            callers.Add(name, caller);
        }
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    internal AccessCaller Find(string name) => callers[name];
}
