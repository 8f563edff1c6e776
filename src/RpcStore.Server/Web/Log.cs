using Microsoft.Extensions.Logging;

namespace RpcStore.Server.Web;

/// <summary>What the routes log.</summary>
internal static partial class Log
{
    [LoggerMessage(100, LogLevel.Warning, "{Action} was aborted midway: {Reason}")]
    public static partial void AbortedMidway(this ILogger logger, string action, string reason);

    [LoggerMessage(101, LogLevel.Warning, "{Requests} requests for a site are missing in the journal: {Reason}")]
    public static partial void SiteReadsNotRecorded(this ILogger logger, long requests, string reason);
}
