using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;
using RpcStore.Digests;

namespace RpcStore.Contract.Json;

/// <summary>
/// A list of ids, written as one piece: ids need no escaping, so a thousand of them become text at once instead of a
/// thousand calls of the writer. Answers of <c>blobs.has</c> are little else.
/// </summary>
internal sealed class BlobIdsJsonConverter : JsonConverter<ReadOnlyMemory<BlobId>>
{
    private static readonly BlobIdJsonConverter Single = new();

    /// <summary>Quotes and a comma around the longest id.</summary>
    private const int MaxItemLength = BlobId.MaxTextLength + 3;

    public override ReadOnlyMemory<BlobId> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("A list of blob ids is an array.");
        }

        var ids = new List<BlobId>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            ids.Add(ReadId(ref reader, options));
        }

        return ids.ToArray();
    }

    private static BlobId ReadId(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        !reader.HasValueSequence && reader.TokenType == JsonTokenType.String && BlobId.TryParse(reader.ValueSpan, out var id)
            ? id
            : Single.Read(ref reader, typeof(BlobId), options);

    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<BlobId> value, JsonSerializerOptions options)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((value.Length * MaxItemLength) + 2);
        var length = 0;
        buffer[length++] = (byte)'[';
        foreach (var id in value.Span)
        {
            buffer[length++] = (byte)'"';
            id.TryFormat(buffer.AsSpan(length), out var written);
            length += written;
            buffer[length++] = (byte)'"';
            buffer[length++] = (byte)',';
        }

        // The last comma, if there is one, makes room for the bracket.
        length -= value.IsEmpty ? 0 : 1;
        buffer[length++] = (byte)']';
        writer.WriteRawValue(buffer.AsSpan(0, length), skipInputValidation: true);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
