using System.Text.Json.Nodes;

namespace RpcStore.JsonRpc;

/// <summary>
/// The errors that the protocol itself answers with, shaped as the table in <c>spec/errors.md</c> says: <c>data.name</c> is
/// the name of the error, and the other fields stand beside it.
/// </summary>
public static class RpcErrors
{
    /// <summary>Characters of a method name that an error repeats: enough for any real one, too few to be a lever.</summary>
    private const int LongestMethodEchoed = 128;

    /// <summary>The bytes received are not JSON.</summary>
    public static RpcError ParseError(string reason) =>
        new(RpcErrorCode.ParseError, "parse error", new JsonObject { ["name"] = "parseError", ["reason"] = reason });

    /// <summary>The JSON received is not a request, or it passes a limit on depth, batch length or time.</summary>
    public static RpcError InvalidRequest(string reason) =>
        new(RpcErrorCode.InvalidRequest, "invalid request", new JsonObject { ["name"] = "invalidRequest", ["reason"] = reason });

    /// <summary>There is no method of this name.</summary>
    public static RpcError MethodNotFound(string method) =>
        new(
            RpcErrorCode.MethodNotFound,
            "method not found",
            new JsonObject
            {
                ["name"] = "methodNotFound",
                ["method"] = method.Length <= LongestMethodEchoed ? method : method[..LongestMethodEchoed] + "…",
            });

    /// <summary>A parameter does not fit the method.</summary>
    /// <param name="pointer">A JSON Pointer (RFC 6901) into <c>params</c>, always by name.</param>
    /// <param name="reason">What is wrong there, in words.</param>
    public static RpcError InvalidParams(string pointer, string reason) =>
        new(
            RpcErrorCode.InvalidParams,
            "invalid params",
            new JsonObject { ["name"] = "invalidParams", ["pointer"] = pointer, ["reason"] = reason });

    /// <summary>This side failed.</summary>
    /// <param name="reference">What finds the failure in the log; null for none.</param>
    public static RpcError Internal(string? reference = null)
    {
        var data = new JsonObject { ["name"] = "internal" };
        if (reference is not null)
        {
            data["reference"] = reference;
        }

        return new(RpcErrorCode.InternalError, "internal error", data);
    }

    /// <summary>The caller cancelled the call, or the session ended before it did.</summary>
    public static RpcError RequestCancelled() =>
        new(RpcErrorCode.RequestCancelled, "request cancelled", new JsonObject { ["name"] = "requestCancelled" });

    /// <summary>Something passes a limit.</summary>
    /// <param name="limit">The name of the limit, as <c>server.info</c> tells it.</param>
    /// <param name="maximum">The most that is allowed.</param>
    public static RpcError TooLarge(string limit, long maximum) =>
        new(
            RpcErrorCode.TooLarge,
            "too large",
            new JsonObject { ["name"] = "tooLarge", ["limit"] = limit, ["maximum"] = maximum });

    /// <summary>A message has more than <paramref name="maximum"/> bytes.</summary>
    internal static RpcFramingException MessageTooLarge(int maximum) =>
        new(TooLarge("maxMessageBytes", maximum), canContinue: false);
}
