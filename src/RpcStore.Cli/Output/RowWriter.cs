using System.Text.Json.Serialization.Metadata;

namespace RpcStore.Cli.Output;

/// <summary>Prints things of one kind, each as it comes, in the format that is wanted.</summary>
internal abstract class RowWriter<T>
{
    /// <summary>Begins to print.</summary>
    public static RowWriter<T> Create(CommandOutput output, JsonTypeInfo<T> type, params Column<T>[] columns) => output.Format switch
    {
        OutputFormat.Json => new JsonRowWriter<T>(output, type),
        OutputFormat.Plain => new PlainRowWriter<T>(output, columns),
        _ => new TableRowWriter<T>(output, columns),
    };

    /// <summary>Begins to print rows that have no end: as JSON, a value a line.</summary>
    public static RowWriter<T> CreateEndless(CommandOutput output, JsonTypeInfo<T> type, params Column<T>[] columns) =>
        output.Format == OutputFormat.Json ? new JsonLineWriter<T>(output, type) : Create(output, type, columns);

    /// <summary>Prints one.</summary>
    public abstract void Write(T row);

    /// <summary>Ends what was printed. Left out when it broke off, so that nobody takes a part for the whole.</summary>
    public virtual void End()
    {
    }
}
