using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>What bounds the work and the memory of a server. <c>server.info</c> tells each by the same name.</summary>
internal static class LimitSettings
{
    // JSON-RPC messages and inline blobs are whole in memory, some of them several times.
    private const long LargestMessage = 1 << 30;

    /// <summary>The size of a message.</summary>
    public static Setting<long> MaxMessageBytes { get; } = new(
        "max-message-bytes", new BytesType(64 << 10, LargestMessage), 8 << 20, "Bytes in one JSON-RPC message, or one batch of them.");

    /// <summary>The depth of a message.</summary>
    public static Setting<int> MaxMessageDepth { get; } = new(
        "max-message-depth", new CountType(8, 1000), 32, "Levels of arrays and objects inside one another in a message.");

    /// <summary>The length of a batch.</summary>
    public static Setting<int> MaxBatchCalls { get; } = new(
        "max-batch-calls", new CountType(1, 1_000_000), 1000, "Members of a JSON-RPC batch.");

    /// <summary>Calls at once.</summary>
    public static Setting<int> MaxConcurrentCalls { get; } = new(
        "max-concurrent-calls", new CountType(1, 100_000), 128, "Calls that run at once on one connection; further ones wait unread.");

    /// <summary>Connections at once.</summary>
    public static Setting<int> MaxConnections { get; } = new(
        "max-connections", new CountType(1, 1_000_000), 16384, "Connections open at once over all endpoints.")
    { IsReloadable = true };

    /// <summary>How long a connection may be idle.</summary>
    public static Setting<TimeSpan> ConnectionIdle { get; } = new(
        "connection-idle", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromDays(30)), TimeSpan.FromHours(1),
        "A connection without a message or a running call for so long is closed (connectionIdleSeconds).");

    /// <summary>How long a message may take.</summary>
    public static Setting<TimeSpan> MessageTime { get; } = new(
        "message-time", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), TimeSpan.FromMinutes(2),
        "How long a message may take from its first byte to its last (messageSeconds).");

    /// <summary>The size of a blob inside JSON.</summary>
    public static Setting<long> MaxInlineBlobBytes { get; } = new(
        "max-inline-blob-bytes", new BytesType(1, LargestMessage / 2), 1 << 20,
        "Bytes of a blob that travel inside JSON. In base64 it has to fit into max-message-bytes.");

    /// <summary>The size of a blob.</summary>
    public static Setting<long> MaxBlobBytes { get; } = new(
        "max-blob-bytes", new BytesType(1, 1L << 50), 1L << 40, "Bytes in one blob.");

    /// <summary>The length of a tar batch.</summary>
    public static Setting<int> MaxBatchEntries { get; } = new(
        "max-batch-entries", new CountType(1, 100_000_000), 1_000_000, "Entries in one tar batch.");

    /// <summary>The size of a tar batch.</summary>
    public static Setting<long> MaxBatchBytes { get; } = new(
        "max-batch-bytes", new BytesType(1, 1L << 52), 1L << 42, "Bytes in one tar batch, after decompression.");

    /// <summary>The size of a block of the flist server's routes.</summary>
    public static Setting<long> MaxBlockBytes { get; } = new(
        "max-block-bytes", new BytesType(64 << 10, 1 << 30), 8 << 20,
        "Bytes in one block that is uploaded by the routes of the flist server. It is in memory whole.");

    /// <summary>Transfers at once.</summary>
    public static Setting<int> MaxTransfers { get; } = new(
        "max-transfers", new CountType(1, 1_000_000), 1000, "Transfers that are pending or running at once.")
    { IsReloadable = true };

    /// <summary>How long a transfer waits.</summary>
    public static Setting<TimeSpan> TransferTime { get; } = new(
        "transfer-time", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromDays(7)), TimeSpan.FromMinutes(15),
        "How long a transfer waits to be used (transferSeconds).");

    /// <summary>The size of a flist's file.</summary>
    public static Setting<long> MaxFlistBytes { get; } = new(
        "max-flist-bytes", new BytesType(64 << 10, 1L << 40), 4L << 30, "Bytes of the .fl file of a flist.");

    /// <summary>The size of a flist's tree.</summary>
    public static Setting<int> MaxFlistInodes { get; } = new(
        "max-flist-inodes", new CountType(1, 1_000_000_000), 10_000_000, "Inodes of a flist, and entries of an archive that becomes one.");

    /// <summary>The size of a file in a flist.</summary>
    public static Setting<long> MaxFlistFileBytes { get; } = new(
        "max-flist-file-bytes", new BytesType(1, 1L << 50), 1L << 40, "Bytes of one file in a flist.");

    /// <summary>The size of an archive.</summary>
    public static Setting<long> MaxArchiveBytes { get; } = new(
        "max-archive-bytes", new BytesType(1 << 10, 1L << 52), 1L << 40, "Bytes of an archive that becomes a flist, after decompression.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new(
        "Limits",
        [
            MaxMessageBytes, MaxMessageDepth, MaxBatchCalls, MaxConcurrentCalls, MaxConnections, ConnectionIdle, MessageTime,
            MaxInlineBlobBytes, MaxBlobBytes, MaxBatchEntries, MaxBatchBytes, MaxBlockBytes, MaxTransfers, TransferTime,
            MaxFlistBytes, MaxFlistInodes, MaxFlistFileBytes, MaxArchiveBytes,
        ]);
}
