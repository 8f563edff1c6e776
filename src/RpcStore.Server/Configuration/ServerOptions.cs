using RpcStore.Contract.Connections;

namespace RpcStore.Server.Configuration;

/// <summary>All that a server is told from outside. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>The data directory; made when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where to listen; at least one.</summary>
    public required IReadOnlyList<EndpointUrl> Listen { get; init; }

    /// <summary>The limits.</summary>
    public ServerLimits Limits { get; init; } = ServerLimits.Default;

    /// <summary>The mode of socket files.</summary>
    public UnixFileMode SocketMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>How long calls and transfers that run may go on when the server is asked to stop.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);
}
