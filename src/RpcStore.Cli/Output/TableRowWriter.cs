namespace RpcStore.Cli.Output;

/// <summary>A table for a person. Every row is shown at once.</summary>
internal sealed class TableRowWriter<T>(CommandOutput output, Column<T>[] columns) : RowWriter<T>
{
    private bool hasHeading;

    /// <inheritdoc/>
    public override void Write(T row)
    {
        if (!hasHeading)
        {
            hasHeading = true;
            var heading = Line(column => column.Title);
            output.Results.WriteLine(output.UsesColour ? $"\e[1m{heading}\e[0m" : heading);
        }

        output.Results.WriteLine(Line(column => Text.Printable(column.Human(row))));
        output.Flush();
    }

    private string Line(Func<Column<T>, string> value) => string.Join("  ", columns.Select((column, i) =>
        column.IsNumber ? value(column).PadLeft(column.Width)
        : i < columns.Length - 1 ? value(column).PadRight(column.Width)
        : value(column)));
}
