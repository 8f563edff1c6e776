using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Journal;

/// <summary>What is printed of an entry: what fits a terminal for a person, everything for a program.</summary>
internal static class JournalColumns
{
    private static readonly Column<JournalEntry>[] ForPeople =
    [
        new("TIME", row => Text.ShortTime(row.Time)) { Width = 20 },
        new("ACCOUNT", row => row.Account) { Width = 12 },
        new("METHOD", row => row.Method) { Width = 18 },
        new("OUTCOME", row => row.Outcome) { Width = 15 },
        new("TOOK", row => Text.Elapsed(Took(row))) { Width = 7, IsNumber = true },
        new("IN", row => Amount(row.BlobsIn, row.BytesIn)) { Width = 9, IsNumber = true },
        new("OUT", row => Amount(row.BlobsOut, row.BytesOut)) { Width = 9, IsNumber = true },
        new("FROM", row => row.Address ?? row.Endpoint) { Width = 21 },
        new("ABOUT", row => string.Join(", ", ((string?[])[row.Subject, row.Detail]).Where(text => text is { Length: > 0 }))),
    ];

    private static readonly Column<JournalEntry>[] ForPrograms =
    [
        new("POSITION", row => Text.Number(row.Position)),
        new("TIME", row => Text.Time(row.Time)),
        new("ACCOUNT", row => row.Account),
        new("ROLE", row => row.Role.ToString().ToLowerInvariant()),
        new("METHOD", row => row.Method),
        new("OUTCOME", row => row.Outcome),
        new("MICROSECONDS", row => Text.Number(row.DurationMicroseconds)),
        new("ENDPOINT", row => row.Endpoint),
        new("ADDRESS", row => row.Address ?? "-"),
        new("SUBJECT", row => row.Subject ?? "-"),
        new("BLOBS IN", row => Text.Number(row.BlobsIn)),
        new("BYTES IN", row => Text.Number(row.BytesIn)),
        new("BLOBS OUT", row => Text.Number(row.BlobsOut)),
        new("BYTES OUT", row => Text.Number(row.BytesOut)),
        new("DETAIL", row => row.Detail ?? "-"),
    ];

    /// <summary>The columns for whoever reads the output.</summary>
    public static Column<JournalEntry>[] For(CommandOutput output) => output.Format == OutputFormat.Human ? ForPeople : ForPrograms;

    private static TimeSpan Took(JournalEntry entry) => TimeSpan.FromMicroseconds(entry.DurationMicroseconds);

    private static string Amount(long blobs, long bytes) => blobs == 0 && bytes == 0 ? "" : Text.Size(bytes);
}
