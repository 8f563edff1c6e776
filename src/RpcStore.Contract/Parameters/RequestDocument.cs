using System.Text.Json;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

/// <summary>Reads JSON documents that come from outside a session, where nobody has parsed them yet.</summary>
internal static class RequestDocument
{
    /// <summary>Reads a document whole.</summary>
    /// <exception cref="RpcException">It is not JSON, or not what the contract says: <c>invalidParams</c>.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json, ItemReading<T> reading)
    {
        CheckJson(json);
        var reader = new ParameterReader(json);
        return reading(ref reader);
    }

    /// <summary>Reads over the whole text first, so that what is broken late is told before anything is refused early.</summary>
    private static void CheckJson(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
            }
        }
        catch (JsonException e)
        {
            throw new RpcException(ContractErrors.InvalidParams($"The document is not JSON: {e.Message}", "", "must be JSON"), e);
        }
    }
}
