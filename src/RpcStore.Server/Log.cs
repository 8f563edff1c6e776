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
    [LoggerMessage(202, LogLevel.Error, "Counts of downloads could not be written to the catalog.")]
    public static partial void DownloadsNotWritten(this ILogger logger, Exception exception);

    /// <summary>What nobody needs could not be removed; it is tried again.</summary>
    [LoggerMessage(203, LogLevel.Error, "What no flist needs any more could not be removed.")]
    public static partial void ContentNotRemoved(this ILogger logger, Exception exception);

    [LoggerMessage(200, LogLevel.Error, "Blob {Id} is corrupt: its bytes have the digest {Actual}. It was moved to the quarantine; upload it again.")]
    public static partial void BlobCorrupt(this ILogger logger, BlobId id, BlobId actual);
}
