using Microsoft.Extensions.Logging;
using RpcStore.Digests;

namespace RpcStore.Server;

/// <summary>What the stack as a whole logs.</summary>
internal static partial class Log
{
    /// <summary>Sessions could not be brought up to date; the next minute tries again.</summary>
    [LoggerMessage(201, LogLevel.Error, "Sessions could not be written to the catalog.")]
    public static partial void SessionsNotMaintained(this ILogger logger, Exception exception);

    /// <summary>Counts of downloads could not be written; the next seconds try again.</summary>
    [LoggerMessage(203, LogLevel.Error, "Counts of downloads could not be written to the catalog.")]
    public static partial void DownloadsNotWritten(this ILogger logger, Exception exception);

    /// <summary>Blobs of a flist that is gone are left; the next removal and the next start try again.</summary>
    [LoggerMessage(202, LogLevel.Error, "What a flist left could not be removed; it is tried again later.")]
    public static partial void FlistNotRemoved(this ILogger logger, Exception exception);

    [LoggerMessage(200, LogLevel.Error, "Blob {Id} is corrupt: its bytes have the digest {Actual}. It was moved to the quarantine; upload it again.")]
    public static partial void BlobCorrupt(this ILogger logger, BlobId id, BlobId actual);
}
