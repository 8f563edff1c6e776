using RpcStore.Core.Flists;

namespace RpcStore.Server.Configuration;

/// <summary>
/// Every limit, by the name that <c>server.info</c> and errors give it (schema <c>Limits</c> of the contract, which says
/// what each means). Immutable.
/// </summary>
public sealed record ServerLimits
{
    /// <summary>The limits of a server that nobody configured.</summary>
    public static ServerLimits Default { get; } = new();

    /// <summary>Bytes in one JSON-RPC message: 10,000 BLAKE2b ids are 0.75 MB, an inline blob in base64 is 1.4 MB.</summary>
    public int MaxMessageBytes { get; init; } = 8 << 20;

    /// <summary>Levels of arrays and objects in a message.</summary>
    public int MaxMessageDepth { get; init; } = 32;

    /// <summary>Members of a JSON-RPC batch.</summary>
    public int MaxBatchCalls { get; init; } = 1000;

    /// <summary>Calls that run at once on one connection.</summary>
    public int MaxConcurrentCalls { get; init; } = 128;

    /// <summary>Connections open at once over all endpoints.</summary>
    public int MaxConnections { get; init; } = 16384;

    /// <summary>How long a connection may be idle.</summary>
    public TimeSpan ConnectionIdle { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a message may take from its first byte to its last.</summary>
    public TimeSpan Message { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of a blob that travel inside JSON.</summary>
    public int MaxInlineBlobBytes { get; init; } = 1 << 20;

    /// <summary>Bytes in one blob.</summary>
    public long MaxBlobBytes { get; init; } = 1L << 40;

    /// <summary>Entries in one tar batch.</summary>
    public int MaxBatchEntries { get; init; } = 1_000_000;

    /// <summary>Bytes in one tar batch, after decompression.</summary>
    public long MaxBatchBytes { get; init; } = 1L << 42;

    /// <summary>Bytes in one block that is uploaded by the routes of the flist server.</summary>
    public int MaxBlockBytes { get; init; } = 8 << 20;

    /// <summary>Transfers pending or running at once.</summary>
    public int MaxTransfers { get; init; } = 1000;

    /// <summary>How long a transfer waits to be used.</summary>
    public TimeSpan Transfer { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How large a flist, a tree in one and an archive that becomes one may be.</summary>
    public FlistLimits Flists { get; init; } = FlistLimits.Default;
}
