using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Transfers;

/// <summary>Prints transfers.</summary>
internal static class TransferPrinter
{
    /// <summary>The states, as the contract writes them, in the order of the enumeration.</summary>
    public static string[] States { get; } = ["pending", "running", "completed", "failed", "cancelled", "expired"];

    /// <summary>The columns of a list of transfers.</summary>
    public static Column<Transfer>[] Columns { get; } =
    [
        new("ID", row => row.Id) { Width = 32 },
        new("KIND", row => WordFor(row.Kind)) { Width = 8 },
        new("STATE", row => WordFor(row.State)) { Width = 9 },
        new("ITEMS", row => Text.Number(row.Items)) { Human = row => Text.Count(row.Items), Width = 9, IsNumber = true },
        new("BYTES", row => Text.Number(row.Bytes)) { Human = row => Text.Size(row.Bytes), Width = 9, IsNumber = true },
        new("CREATED", row => Text.Time(row.CreatedAt)) { Human = row => Text.ShortTime(row.CreatedAt) },
    ];

    /// <summary>The state of a word in <see cref="States"/>.</summary>
    public static TransferState StateOf(string word) => (TransferState)Array.IndexOf(States, word);

    /// <summary>Prints all that is known of one.</summary>
    public static void Print(CommandOutput output, Transfer transfer) =>
        FactWriter.Write(output, transfer, ContractJson.Default.Transfer, FactsOf(transfer));

    private static IEnumerable<Fact> FactsOf(Transfer transfer) =>
    [
        new("id", transfer.Id),
        new("kind", WordFor(transfer.Kind)),
        new("state", WordFor(transfer.State)),
        new("method", transfer.Method is { } method ? (method == TransferMethod.Get ? "GET" : "PUT") : null),
        new("url", transfer.Url),
        TimeFact("createdAt", transfer.CreatedAt),
        TimeFact("expiresAt", transfer.ExpiresAt),
        TimeFact("endedAt", transfer.EndedAt),
        CountFact("items", transfer.Items),
        CountFact("totalItems", transfer.TotalItems),
        SizeFact("bytes", transfer.Bytes),
        SizeFact("totalBytes", transfer.TotalBytes),
        CountFact("corruptItems", transfer.CorruptItems),
        .. (transfer.Corrupt ?? []).Select(id => new Fact("corrupt", id.ToString())),
        new("error", transfer.Error is { } error ? $"{error.Name}: {error.Message}" : null),
    ];

    private static Fact TimeFact(string name, DateTimeOffset? time) =>
        time is { } known ? new Fact(name, Text.Time(known), Text.ShortTime(known)) : new Fact(name, null);

    private static Fact CountFact(string name, long? count) =>
        count is { } known ? new Fact(name, Text.Number(known), Text.Count(known)) : new Fact(name, null);

    private static Fact SizeFact(string name, long? bytes) =>
        bytes is { } known ? new Fact(name, Text.Number(known), Text.Size(known)) : new Fact(name, null);

    private static string WordFor(TransferKind kind) => kind switch
    {
        TransferKind.Upload => "upload",
        TransferKind.Download => "download",
        _ => "scrub",
    };

    private static string WordFor(TransferState state) => States[(int)state];
}
