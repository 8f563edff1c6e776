using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.Cli.Output;

/// <summary>One JSON array, an element a line.</summary>
internal sealed class JsonRowWriter<T>(CommandOutput output, JsonTypeInfo<T> type) : RowWriter<T>
{
    private bool hasRows;

    /// <inheritdoc/>
    public override void Write(T row)
    {
        output.Results.Write(hasRows ? ",\n" : "[\n");
        output.Results.Write(JsonSerializer.Serialize(row, type));
        hasRows = true;
    }

    /// <inheritdoc/>
    public override void End() => output.Results.Write(hasRows ? "\n]\n" : "[]\n");
}
