using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Http;

/// <summary>Turns what a server answers over HTTP instead of a result into exceptions.</summary>
internal static class HttpErrors
{
    /// <summary>The longest error body that is looked at.</summary>
    private const int LongestBody = 1 << 20;

    /// <summary>
    /// The error of an answer: the one of its body (spec/errors.md), and where the body has none, as when something between
    /// client and server answers, one made of the status.
    /// </summary>
    public static async ValueTask<RpcException> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = new byte[LongestBody];
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        return new RpcException(FindError(body.AsSpan(0, length)) ?? FromStatus(response));
    }

    /// <summary>Reads the error object that <paramref name="reader"/> stands on.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static RpcError ReadError(ref Utf8JsonReader reader)
    {
        if (JsonNode.Parse(ref reader) is not JsonObject error
            || error["code"] is not JsonValue code || !code.TryGetValue(out int number)
            || error["message"] is not JsonValue message || !message.TryGetValue(out string? text))
        {
            throw new JsonException("its error is no error object");
        }

        return new RpcError(number, text, error["data"]?.DeepClone());
    }

    private static RpcError? FindError(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var isError = reader.ValueTextEquals("error"u8);
                reader.Read();
                if (isError)
                {
                    return ReadError(ref reader);
                }

                reader.Skip();
            }
        }
        catch (JsonException)
        {
            // Not this server's words: the status says what there is to say.
        }

        return null;
    }

    private static RpcError FromStatus(HttpResponseMessage response) =>
        new((int)response.StatusCode, $"HTTP status {(int)response.StatusCode} {response.ReasonPhrase}".TrimEnd());
}
