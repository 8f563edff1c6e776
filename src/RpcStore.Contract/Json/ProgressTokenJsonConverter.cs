using System.Text.Json;
using System.Text.Json.Serialization;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Json;

/// <summary>A progress token as the string or integer that it is.</summary>
internal sealed class ProgressTokenJsonConverter : JsonConverter<ProgressToken>
{
    public override ProgressToken Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ProgressToken.TryRead(ref reader, out var token) ? token : throw new JsonException("A progress token is a string or an integer.");

    public override void Write(Utf8JsonWriter writer, ProgressToken value, JsonSerializerOptions options) => value.WriteTo(writer);
}
