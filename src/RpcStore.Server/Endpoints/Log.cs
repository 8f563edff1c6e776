using Microsoft.Extensions.Logging;
using RpcStore.Core;

namespace RpcStore.Server.Endpoints;

/// <summary>What the endpoints log.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Action} failed: {Fault}.")]
    public static partial void StoreFailed(this ILogger logger, string action, Fault fault, Exception exception);

    [LoggerMessage(2, LogLevel.Error, "{Action} failed in a way nobody foresaw; reference {Reference}.")]
    public static partial void Unforeseen(this ILogger logger, string action, string reference, Exception exception);
}
