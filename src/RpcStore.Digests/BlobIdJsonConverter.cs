using System.Text.Json;
using System.Text.Json.Serialization;

namespace RpcStore.Digests;

/// <summary>Reads and writes a <see cref="BlobId"/> as a JSON string, also as a property name, without making a string of it.</summary>
public sealed class BlobIdJsonConverter : JsonConverter<BlobId>
{
    // A character of an id can be written as an escape of six, such as \u0061.
    private const int MaxEscapedLength = 6 * BlobId.MaxTextLength;

    /// <inheritdoc/>
    /// <exception cref="JsonException">The token is no string, or the string is no id; the message says why.</exception>
    public override BlobId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException($"a blob id is a string, not {Name(reader.TokenType)}");
        }

        return ReadText(ref reader);
    }

    /// <inheritdoc/>
    /// <exception cref="JsonException">The name is no id; the message says why.</exception>
    public override BlobId ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ReadText(ref reader);

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The value is <c>default(BlobId)</c>.</exception>
    public override void Write(Utf8JsonWriter writer, BlobId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[BlobId.MaxTextLength];
        writer.WriteStringValue(text[..Format(value, text)]);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The value is <c>default(BlobId)</c>.</exception>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, BlobId value, JsonSerializerOptions options)
    {
        Span<byte> text = stackalloc byte[BlobId.MaxTextLength];
        writer.WritePropertyName(text[..Format(value, text)]);
    }

    private static BlobId ReadText(ref Utf8JsonReader reader)
    {
        if (!reader.HasValueSequence && !reader.ValueIsEscaped)
        {
            return BlobId.TryParse(reader.ValueSpan, out BlobId direct) ? direct : throw new JsonException(BlobId.Explain(reader.ValueSpan));
        }

        long length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        if (length > MaxEscapedLength)
        {
            throw new JsonException($"a blob id has at most {BlobId.MaxTextLength} characters");
        }

        Span<byte> buffer = stackalloc byte[MaxEscapedLength];
        ReadOnlySpan<byte> text = buffer[..reader.CopyString(buffer)];
        return BlobId.TryParse(text, out BlobId id) ? id : throw new JsonException(BlobId.Explain(text));
    }

    private static int Format(BlobId value, Span<byte> text)
    {
        if (!value.IsValid)
        {
            throw new InvalidOperationException("default(BlobId) is no id and has no JSON");
        }

        value.TryFormat(text, out int written);
        return written;
    }

    private static string Name(JsonTokenType token) => token switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.StartArray => "an array",
        _ => "an object",
    };
}
