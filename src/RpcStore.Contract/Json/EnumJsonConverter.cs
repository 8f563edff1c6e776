using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using RpcStore.Contract.Parameters;

namespace RpcStore.Contract.Json;

/// <summary>An enum as the strings of the contract. Its members count from 0 in the order of the table.</summary>
/// <param name="table">The strings.</param>
public abstract class EnumJsonConverter<T>(EnumTable table) : JsonConverter<T>
    where T : unmanaged, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Span<byte> scratch = stackalloc byte[64];
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        var index = reader.TokenType == JsonTokenType.String && length <= scratch.Length
            ? table.IndexOf(scratch[..reader.CopyString(scratch)])
            : -1;
        return index >= 0 ? Unsafe.BitCast<int, T>(index) : throw new JsonException($"{typeof(T).Name} is one of {table}.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(table.Utf8(Unsafe.BitCast<T, int>(value)));
}
