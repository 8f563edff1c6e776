using System.Text.Json;
using System.Text.Json.Serialization;

namespace RpcStore.Contract.Json;

/// <summary>A moment as RFC 3339 in UTC, such as <c>2026-11-21T09:00:00.25Z</c>: as many digits of a second as it needs.</summary>
internal sealed class TimeJsonConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset().ToUniversalTime();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime);
}
