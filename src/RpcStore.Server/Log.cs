using Microsoft.Extensions.Logging;
using RpcStore.Digests;

namespace RpcStore.Server;

/// <summary>What the stack as a whole logs.</summary>
internal static partial class Log
{
    [LoggerMessage(200, LogLevel.Error, "Blob {Id} is corrupt: its bytes have the digest {Actual}. It was moved to the quarantine; upload it again.")]
    public static partial void BlobCorrupt(this ILogger logger, BlobId id, BlobId actual);
}
