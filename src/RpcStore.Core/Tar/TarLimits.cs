namespace RpcStore.Core.Tar;

/// <summary>How large a tar may be, and what errors call it. Immutable.</summary>
internal sealed record TarLimits
{
    /// <summary>What it is, as in "The tar batch is malformed".</summary>
    public required string Subject { get; init; }

    /// <summary>The same in short, as in "the batch ends".</summary>
    public required string Noun { get; init; }

    /// <summary>Entries.</summary>
    public required long MaxEntries { get; init; }

    /// <summary>What that limit is called.</summary>
    public required string EntriesLimit { get; init; }

    /// <summary>Bytes after decompression.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>What that limit is called.</summary>
    public required string BytesLimit { get; init; }

    /// <summary>What to do about too large a tar: a sentence.</summary>
    public required string Advice { get; init; }

    /// <summary>Whether the folder entry that <c>tar -c .</c> begins with is no entry.</summary>
    public bool SkipsRoot { get; init; }

    /// <summary>The error for a limit that was passed.</summary>
    public StoreException TooLarge(string what, string limit, long maximum) =>
        new(Fault.TooLarge, $"The {Subject} has more than {maximum} {what} ({limit}). {Advice}")
        {
            Details = new Dictionary<string, object> { ["limit"] = limit, ["maximum"] = maximum },
        };
}
