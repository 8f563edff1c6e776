namespace RpcStore.Server.Configuration;

/// <summary>What the server was told, with what it has taken over since. Safe to use from any thread.</summary>
/// <param name="options">What it was told.</param>
internal sealed class LiveOptions(ServerOptions options)
{
    private volatile ServerOptions current = options;

    /// <summary>The options now; another object after each change.</summary>
    public ServerOptions Current => current;

    /// <summary>Takes over what may change while the server runs.</summary>
    public void Reload(ServerOptions next) => current = current.Reload(next);
}
