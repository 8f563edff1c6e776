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
        if (Explain(exception) is { Fault: Fault.Unavailable or Fault.Full or Fault.Corrupt } failure)
        {
            log.StoreFailed(action, failure.Fault, failure);
        }

        if (Foresee(exception) is { } error)
        {
            return error;
        }

        var reference = RandomNumberGenerator.GetHexString(16, lowercase: true);
        log.Unforeseen(action, reference, exception);
        return ContractErrors.Internal($"The server failed. Its log has more under the reference {reference}.", reference);
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
            Fault.Precondition => ContractErrors.PreconditionFailed(message, Text("reason")),
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

    /// <summary>The name that the contract has for an error; its code where the contract has none.</summary>
    public static string NameOf(RpcError error) =>
        ContractErrors.Find(error.Code)?.Name ?? error.Code.ToString(CultureInfo.InvariantCulture);

    /// <summary>The name of the error that an exception is answered with, without a word to the log.</summary>
    public static string NameOf(Exception exception) => Foresee(exception) is { } error ? NameOf(error) : "internal";

    /// <summary>The error for an exception that can be expected; null for any other.</summary>
    private static RpcError? Foresee(Exception exception) => exception switch
    {
        RpcException rpc => rpc.Error,
        _ when Explain(exception) is { } failure => Map(failure),
        OperationCanceledException => ContractErrors.RequestCancelled("The request was cancelled."),

        // What Kestrel says of a request body: cut off, too slow, or malformed chunks.
        BadHttpRequestException bad => ContractErrors.InvalidParams($"The request body could not be read: {bad.Message}"),
        ConnectionResetException or ConnectionAbortedException =>
            ContractErrors.RequestCancelled("The connection ended before the request was whole."),
        _ => null,
    };

    private static StoreException? Explain(Exception exception) => exception switch
    {
        StoreException store => store,
        IOException or UnauthorizedAccessException => DiskFailure.Explain(exception),
        _ => null,
    };

    private static long? GetNumber(StoreException exception, string name) =>
        exception.Details.TryGetValue(name, out var value) ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;

    private static BlobId? GetId(StoreException exception, string name) =>
        exception.Details.TryGetValue(name, out var value) && BlobId.TryParse(value.ToString(), out var id) ? id : null;
}
