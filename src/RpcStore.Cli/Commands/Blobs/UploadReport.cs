using System.Text.Json;
using RpcStore.Cli.Output;
using RpcStore.Client.Bulk;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary>
/// Prints what became of an upload, as it comes: lines for a program; for a person what failed and a summary, because
/// nobody reads ten thousand lines; as JSON an object like the contract's <c>BatchResult</c>.
/// </summary>
internal sealed class UploadReport(CommandOutput output)
{
    // Enough to see what is wrong; whoever wants all of them reads the lines or the JSON.
    private const int MostHeld = 1000;

    private readonly List<string> held = [];
    private long stored;
    private long existing;
    private long failed;
    private long bytes;
    private long printed;

    /// <summary>Whether anything failed.</summary>
    public bool HasFailures => failed > 0;

    /// <summary>Prints what became of a source.</summary>
    public void Add(UploadedBlob blob)
    {
        stored += blob.Status == UploadStatus.Stored ? 1 : 0;
        existing += blob.Status == UploadStatus.Existing ? 1 : 0;
        failed += blob.IsOnServer ? 0 : 1;
        bytes += blob.Status == UploadStatus.Stored ? blob.Size : 0;
        Print(UploadRows.Of(blob));
        Complain(UploadRows.ComplaintOf(blob));
    }

    /// <summary>Prints what became of an entry.</summary>
    public void Add(BatchEntryResult entry)
    {
        stored += entry.Status == BatchEntryStatus.Stored ? 1 : 0;
        existing += entry.Status == BatchEntryStatus.Existing ? 1 : 0;
        failed += entry.Status is BatchEntryStatus.Mismatch or BatchEntryStatus.Invalid ? 1 : 0;
        bytes += entry.Status == BatchEntryStatus.Stored ? entry.Size : 0;
        Print(UploadRows.Of(entry));
        Complain(UploadRows.ComplaintOf(entry));
    }

    /// <summary>Says what failed, where that had to wait for a bar to be gone; to be called however the upload ends.</summary>
    public void TellFailures()
    {
        held.ForEach(CommandOutput.Complain);
        if (failed > held.Count && held.Count == MostHeld)
        {
            CommandOutput.Complain($"… and {Text.Count(failed - held.Count)} more");
        }
    }

    /// <summary>Ends what was printed.</summary>
    public void End()
    {
        if (output.Format == OutputFormat.Json)
        {
            output.Results.Write(printed == 0 ? "{\"results\":[]" : "\n]");
            output.Results.Write($",\"stored\":{stored},\"existing\":{existing},\"failed\":{failed},\"bytes\":{bytes}}}\n");
        }

        var broken = failed > 0 ? $"; {Text.Count(failed)} failed" : "";
        output.Summary($"Stored {Text.Plural(stored, "blob")} ({Text.Size(bytes)}); {Text.Count(existing)} were there already{broken}.");
    }

    private void Complain(string? complaint)
    {
        // A bar is drawn over what is written beside it.
        if (complaint is not null && output.ShowsProgress)
        {
            if (held.Count < MostHeld)
            {
                held.Add(complaint);
            }
        }
        else if (complaint is not null)
        {
            CommandOutput.Complain(complaint);
        }
    }

    private void Print(UploadRow row)
    {
        if (output.Format == OutputFormat.Plain)
        {
            string?[] columns = [row.Id ?? "-", Text.Number(row.Size), row.Status, row.Name, row.Reason];
            output.Results.Write(string.Join('\t', columns.OfType<string>().Select(Text.Printable)) + "\n");
        }
        else if (output.Format == OutputFormat.Json)
        {
            output.Results.Write(printed == 0 ? "{\"results\":[\n" : ",\n");
            output.Results.Write(JsonSerializer.Serialize(row, CliJson.Default.UploadRow));
        }

        printed++;
    }
}
