using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RpcStore.Client.Http;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Connections;

/// <summary>Each call is a <c>POST /rpc</c> of its own (spec/connections.md, section 5). There is no way back for progress.</summary>
internal sealed class HttpTransport(ServerHttp http, int maxMessageBytes) : IRpcTransport
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rpc")
        {
            Content = new ReadOnlyMemoryContent(WriteCall(method, parameters, parametersType)) { Headers = { ContentType = Json } },
        };
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await http.ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var body = await http.ReadAllAsync(response, maxMessageBytes, cancellationToken).ConfigureAwait(false);
        return ReadReply(body, resultType);
    }

    /// <inheritdoc/>
    public ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        Func<ProgressToken, TParams> parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        IProgress<TProgress> progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken) =>
        InvokeAsync(method, parameters(new ProgressToken(1)), parametersType, resultType, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        ProgressToken token,
        IProgress<TProgress> progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken) =>
        InvokeAsync(method, parameters, parametersType, resultType, cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ReadOnlyMemory<byte> WriteCall<TParams>(string method, TParams parameters, JsonTypeInfo<TParams> parametersType)
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

    private static TResult ReadReply<TResult>(ReadOnlyMemory<byte> body, JsonTypeInfo<TResult> resultType)
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
