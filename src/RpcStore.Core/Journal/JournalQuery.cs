namespace RpcStore.Core.Journal;

/// <summary>Which entries; what is null does not matter.</summary>
public sealed record JournalFilter
{
    /// <summary>All of them.</summary>
    public static JournalFilter All { get; } = new();

    /// <summary>Only those of this account.</summary>
    public string? Account { get; init; }

    /// <summary>Only those of this method or route.</summary>
    public string? Method { get; init; }

    /// <summary>Only those that ended like this.</summary>
    public string? Outcome { get; init; }

    /// <summary>Only those that began at this time or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only those that began before this time.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>In which order entries are listed.</summary>
public enum JournalOrder
{
    /// <summary>The first position first.</summary>
    OldestFirst,

    /// <summary>The last position first.</summary>
    NewestFirst,
}

/// <summary>A page of entries.</summary>
/// <param name="Filter">Which.</param>
/// <param name="Order">In which order.</param>
/// <param name="After">Those that come after this position in that order; null from the start.</param>
/// <param name="Limit">Entries at the most, 1 or more.</param>
public sealed record JournalQuery(JournalFilter Filter, JournalOrder Order, long? After, int Limit);

/// <summary>What totals are told apart by.</summary>
[Flags]
public enum JournalGrouping
{
    /// <summary>Nothing: one total.</summary>
    None = 0,

    /// <summary>The account.</summary>
    Account = 1,

    /// <summary>The method or route.</summary>
    Method = 2,

    /// <summary>The day on which it began, in UTC.</summary>
    Day = 4,
}

/// <summary>What entries that have something in common add up to.</summary>
/// <param name="Account">The account that they have in common; null when totals are not told apart by it.</param>
/// <param name="Method">The method or route, likewise.</param>
/// <param name="Day">The day in UTC, likewise.</param>
/// <param name="Actions">How many there are.</param>
/// <param name="Failures">How many of them did not end well.</param>
/// <param name="Duration">How long they took together.</param>
/// <param name="BlobsIn">Blobs received.</param>
/// <param name="BlobsOut">Blobs sent.</param>
/// <param name="BytesIn">Bytes of blobs received.</param>
/// <param name="BytesOut">Bytes of blobs sent.</param>
public sealed record JournalTotal(
    string? Account,
    string? Method,
    DateOnly? Day,
    long Actions,
    long Failures,
    TimeSpan Duration,
    long BlobsIn,
    long BlobsOut,
    long BytesIn,
    long BytesOut);
