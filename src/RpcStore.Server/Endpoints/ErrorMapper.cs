using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Disk;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// Turns what went wrong inside into an error of the contract: the one table that every surface uses. What nobody foresaw
/// becomes <c>internal</c> with a reference; the exception itself goes to the log under the same reference.
/// </summary>
internal sealed class ErrorMapper(ILogger<ErrorMapper> log)
{
    private const int RetryAfterSeconds = 5;

    /// <summary>The error to answer with.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="action">The method or route, for the log.</param>
    public RpcError Map(Exception exception, string action)
    {
        switch (exception)
        {
            case RpcException rpc:
                return rpc.Error;
            case StoreException store:
                if (store.Fault is Fault.Unavailable or Fault.Full or Fault.Corrupt)
                {
                    log.StoreFailed(action, store.Fault, store);
                }

                return Map(store);
            case IOException or UnauthorizedAccessException when DiskFailure.Explain(exception) is { } disk:
                return Map(disk, action);
            case OperationCanceledException:
                return ContractErrors.RequestCancelled("The request was cancelled.");
            case BadHttpRequestException bad:
                // What Kestrel says of a request body: cut off, too slow, or malformed chunks.
                return ContractErrors.InvalidParams($"The request body could not be read: {bad.Message}");
            case ConnectionResetException or ConnectionAbortedException:
                return ContractErrors.RequestCancelled("The connection ended before the request was whole.");
            default:
                var reference = RandomNumberGenerator.GetHexString(16, lowercase: true);
                log.Unforeseen(action, reference, exception);
                return ContractErrors.Internal($"The server failed. Its log has more under the reference {reference}.", reference);
        }
    }

    /// <summary>The table: each fault of the store and its error of the contract.</summary>
    public static RpcError Map(StoreException exception)
    {
        var message = exception.Message;
        string? Text(string name) => exception.Details.TryGetValue(name, out var value) ? value.ToString() : null;
        return exception.Fault switch
        {
            Fault.NotFound => ContractErrors.NotFound(message, id: Text("id"), reason: Text("reason")),
            Fault.Conflict => ContractErrors.Conflict(message, Text("id"), Text("state"), Text("reason")),
            Fault.Invalid => ContractErrors.InvalidParams(message, Text("pointer"), Text("reason")),
            Fault.TooLarge => ContractErrors.TooLarge(message, Text("limit"), GetNumber(exception, "maximum")),
            Fault.DigestMismatch or Fault.Corrupt => ContractErrors.DigestMismatch(message, Text("id"), GetId(exception, "actual")),
            Fault.Full => ContractErrors.InsufficientStorage(message, Text("reason")),
            Fault.Unavailable => ContractErrors.Unavailable(message, Text("reason"), RetryAfterSeconds),
            Fault.Unauthenticated => ContractErrors.Unauthenticated(message, reason: Text("reason")),
            Fault.RateLimited => ContractErrors.RateLimited(message, GetNumber(exception, "retryAfter")),
            _ => throw new ArgumentOutOfRangeException(nameof(exception), exception.Fault, "No error of the contract."),
        };
    }

    private static long? GetNumber(StoreException exception, string name) =>
        exception.Details.TryGetValue(name, out var value) ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    private static BlobId? GetId(StoreException exception, string name) =>
        exception.Details.TryGetValue(name, out var value) && BlobId.TryParse(value.ToString(), out var id) ? id : null;
}
