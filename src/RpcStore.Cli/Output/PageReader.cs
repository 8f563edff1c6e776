namespace RpcStore.Cli.Output;

/// <summary>A page of a list as a method answers it.</summary>
/// <param name="Items">What is in it.</param>
/// <param name="Cursor">Where the next one begins; null behind the last.</param>
internal readonly record struct Page<T>(IReadOnlyList<T> Items, string? Cursor);

/// <summary>Goes through the pages of a list.</summary>
internal static class PageReader
{
    /// <summary>Prints all pages, each as soon as it has come.</summary>
    public static async Task<ExitCode> WritePagesAsync<T>(this RowWriter<T> rows, CommandOutput output, Func<string?, Task<Page<T>>> readAsync)
    {
        await foreach (var page in PagesAsync(readAsync))
        {
            foreach (var item in page)
            {
                rows.Write(item);
            }

            output.Flush();
        }

        rows.End();
        return ExitCode.Done;
    }

    /// <summary>The pages of a list.</summary>
    /// <param name="readAsync">Asks for the page at a cursor, null for the first.</param>
    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(Func<string?, Task<Page<T>>> readAsync)
    {
        string? cursor = null;
        do
        {
            var page = await readAsync(cursor);
            yield return page.Items;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }
}
