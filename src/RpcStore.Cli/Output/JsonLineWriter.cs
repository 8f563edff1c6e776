using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.Cli.Output;

/// <summary>A JSON value a line, for rows that have no end: an array would never be closed.</summary>
internal sealed class JsonLineWriter<T>(CommandOutput output, JsonTypeInfo<T> type) : RowWriter<T>
{
    /// <inheritdoc/>
    public override void Write(T row) => output.Results.Write(JsonSerializer.Serialize(row, type) + "\n");
}
