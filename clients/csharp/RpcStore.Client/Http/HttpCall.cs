using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Http;

/// <summary>A call of its own as the body of a <c>POST /rpc</c>, and the reply to it (spec/connections.md, section 5).</summary>
internal static class HttpCall
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <summary>A request that makes a call.</summary>
    public static HttpRequestMessage Create<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType) =>
        Create(Write(method, parameters, parametersType));

    /// <summary>A request with a message that is written already.</summary>
    public static HttpRequestMessage Create(ReadOnlyMemory<byte> message) =>
        new(HttpMethod.Post, "/rpc") { Content = new ReadOnlyMemoryContent(message) { Headers = { ContentType = Json } } };

    /// <summary>The text of a call.</summary>
    public static ReadOnlyMemory<byte> Write<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer);
        writer.WriteStartObject();
        writer.WriteString("jsonrpc"u8, "2.0"u8);
        writer.WriteNumber("id"u8, 1);
        writer.WriteString("method"u8, method);
        writer.WritePropertyName("params"u8);
        JsonSerializer.Serialize(writer, parameters, parametersType);
        writer.WriteEndObject();
        writer.Flush();
        return buffer.WrittenMemory;
    }

    /// <summary>The result in a reply.</summary>
    /// <exception cref="RpcException">The reply is an error.</exception>
    /// <exception cref="InvalidDataException">It is no reply.</exception>
    public static TResult ReadReply<TResult>(ReadOnlyMemory<byte> body, JsonTypeInfo<TResult> resultType)
    {
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                throw new JsonException("it is no object");
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("result"u8))
                {
                    reader.Read();
                    return JsonSerializer.Deserialize(ref reader, resultType)!;
                }

                if (reader.ValueTextEquals("error"u8))
                {
                    reader.Read();
                    throw new RpcException(HttpErrors.ReadError(ref reader));
                }

                reader.Skip();
            }

            throw new JsonException("it has neither a result nor an error");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The server's answer is no JSON-RPC reply: {e.Message}", e);
        }
    }
}
