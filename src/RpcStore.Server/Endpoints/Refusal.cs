using System.Globalization;
using System.Text;
using RpcStore.Contract;

namespace RpcStore.Server.Endpoints;

/// <summary>What a connection over <c>maxConnections</c> is told, once in the words of each protocol.</summary>
internal static class Refusal
{
    private const int RetryAfterSeconds = 5;

    private static readonly string Error = ErrorJson.Write(ContractErrors.Unavailable(
        "This server has as many connections as it allows (maxConnections). Try again later.",
        "maxConnections",
        RetryAfterSeconds)).ToJsonString();

    private static readonly string Reply = $$"""{"jsonrpc":"2.0","id":null,"error":{{Error}}}""";

    private static readonly string Body = $$"""{"error":{{Error}}}""";

    /// <summary>A reply with a null id, on a line.</summary>
    public static ReadOnlyMemory<byte> JsonStream { get; } = Encoding.UTF8.GetBytes(Reply + "\n");

    /// <summary>A reply with a null id, behind its header.</summary>
    public static ReadOnlyMemory<byte> HeaderDelimited { get; } = Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Encoding.UTF8.GetByteCount(Reply)}\r\n\r\n{Reply}"));

    /// <summary>A response of HTTP/1.1, which a client that speaks HTTP/2 also understands as a refusal.</summary>
    public static ReadOnlyMemory<byte> Http { get; } = Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {RetryAfterSeconds}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body)}\r\nConnection: close\r\n\r\n{Body}"));
}
