using System.Globalization;
using RpcStore.Contract;
using RpcStore.Core.Journal;
using CoreEntry = RpcStore.Core.Journal.JournalEntry;
using JournalEntry = RpcStore.Contract.JournalEntry;
using JournalOrder = RpcStore.Contract.JournalOrder;

namespace RpcStore.Server.Handlers;

/// <summary>The journal as the contract writes it.</summary>
internal static class JournalWire
{
    /// <summary>An entry.</summary>
    public static JournalEntry ToWire(CoreEntry entry) => new()
    {
        Position = entry.Position,
        Time = entry.Time,
        Account = entry.Account,
        Role = entry.Role switch
        {
            "admin" => Role.Admin,
            "user" => Role.User,
            _ => Role.Guest,
        },
        Method = entry.Method,
        Outcome = entry.Outcome,
        DurationMicroseconds = ToMicroseconds(entry.Duration),
        Endpoint = entry.Endpoint ?? "",
        Address = entry.Remote,
        SessionId = entry.SessionId,
        Subject = entry.Subject,
        BlobsIn = entry.BlobsIn,
        BlobsOut = entry.BlobsOut,
        BytesIn = entry.BytesIn,
        BytesOut = entry.BytesOut,
        Detail = entry.Detail,
    };

    /// <summary>A sum.</summary>
    public static JournalTotalsRow ToWire(JournalTotal total) => new()
    {
        Account = total.Account,
        Method = total.Method,
        Day = total.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Actions = total.Actions,
        Failures = total.Failures,
        BlobsIn = total.BlobsIn,
        BlobsOut = total.BlobsOut,
        BytesIn = total.BytesIn,
        BytesOut = total.BytesOut,
        DurationMicroseconds = ToMicroseconds(total.Duration),
    };

    /// <summary>An order; the newest first where none is asked for.</summary>
    public static Core.Journal.JournalOrder FromWire(JournalOrder? order) =>
        order == JournalOrder.Oldest ? Core.Journal.JournalOrder.OldestFirst : Core.Journal.JournalOrder.NewestFirst;

    /// <summary>What sums are made by.</summary>
    public static JournalGrouping FromWire(IEnumerable<JournalGroup> by) => by.Aggregate(
        JournalGrouping.None,
        (grouping, group) => grouping | group switch
        {
            JournalGroup.Account => JournalGrouping.Account,
            JournalGroup.Method => JournalGrouping.Method,
            JournalGroup.Day => JournalGrouping.Day,
            _ => throw new ArgumentOutOfRangeException(nameof(by), group, "Not something that sums are made by."),
        });

    private static long ToMicroseconds(TimeSpan duration) => duration.Ticks / TimeSpan.TicksPerMicrosecond;
}
