namespace RpcStore.Cli.Output;

/// <summary>A line for each row, columns separated by tabs.</summary>
internal sealed class PlainRowWriter<T>(CommandOutput output, Column<T>[] columns) : RowWriter<T>
{
    /// <inheritdoc/>
    public override void Write(T row)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (i > 0)
            {
                output.Results.Write('\t');
            }

            output.Results.Write(Text.Printable(columns[i].Plain(row)));
        }

        output.Results.Write('\n');
    }
}
