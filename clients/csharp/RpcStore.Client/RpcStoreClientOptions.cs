using RpcStore.JsonRpc;

namespace RpcStore.Client;

/// <summary>How a client connects and how much it moves at once. Immutable; change with <c>with</c>.</summary>
public sealed record RpcStoreClientOptions
{
    /// <summary>Ids that one call of the contract takes.</summary>
    public const int MaxIdsInACall = 10_000;

    /// <summary>What suits most.</summary>
    public static RpcStoreClientOptions Default { get; } = new();

    /// <summary>How long one attempt to connect may take.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The pauses before further attempts when a connection that once worked is gone and a new one is refused; after the last
    /// the call fails. Together 3 seconds: what a restart of the server takes. The very first connection is tried once only,
    /// so that a wrong address is told at once.
    /// </summary>
    public IReadOnlyList<TimeSpan> ReconnectPauses { get; init; } =
        new[]
        {
            TimeSpan.FromMilliseconds(50),
            TimeSpan.FromMilliseconds(100),
            TimeSpan.FromMilliseconds(250),
            TimeSpan.FromMilliseconds(600),
            TimeSpan.FromSeconds(1),
            TimeSpan.FromSeconds(1),
        };

    /// <summary>Bytes in one answer of the server; a longer one breaks the connection.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>Blobs in one upload or download of a longer series; at most <see cref="MaxIdsInACall"/>.</summary>
    public int ChunkItems { get; init; } = MaxIdsInACall;

    /// <summary>
    /// Bytes after which an upload of a longer series is ended and the next begun: what a broken connection loses. While one
    /// is sent the next is hashed, so a few of them go faster than one; each costs a flush of the disk.
    /// </summary>
    public long ChunkBytes { get; init; } = 256 << 20;

    /// <summary>Files that are hashed at once before an upload. Two keep a disk and a processor busy.</summary>
    public int HashingTasks { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>Bytes that are kept in memory of a stream whose size is not known; more go to a temporary file.</summary>
    public int SpoolMemoryBytes { get; init; } = 1 << 20;

    /// <summary>Where temporary files go.</summary>
    public string SpoolDirectory { get; init; } = Path.GetTempPath();

    /// <summary>What a session allows the server to send.</summary>
    public RpcSessionOptions Session { get; init; } = RpcSessionOptions.Default;

    /// <summary>
    /// The token of a session that is open (spec/auth.md): sent as <c>Authorization: Bearer</c> with every HTTP request and
    /// WebSocket upgrade, and bound to every new stream connection with <c>auth.resume</c>. Null for a guest, and for the local
    /// user of a unix socket.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>
    /// The id of the server that gave the token. When it is set, a server is asked for its id first, and another one does not
    /// get to see the token. Null to trust the address.
    /// </summary>
    public string? TokenServerId { get; init; }

    /// <summary>Measures the pauses.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
