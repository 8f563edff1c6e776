namespace RpcStore.Core.Journal;

/// <summary>How much the journal keeps, and how it writes.</summary>
public sealed record JournalOptions
{
    /// <summary>How long entries are kept.</summary>
    public TimeSpan MaxAge { get; init; } = TimeSpan.FromDays(400);

    /// <summary>
    /// How many bytes of entries are kept, about; the indexes in the file add half as much. The file does not shrink, its
    /// space is used again.
    /// </summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>How long recorded reads wait for others to share their commit.</summary>
    internal TimeSpan FlushInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long after a failure the next try is made.</summary>
    internal TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How often old entries are looked for.</summary>
    internal TimeSpan TrimInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Recorded reads that wait to be written, at the most; a few MB.</summary>
    internal int BufferCapacity { get; init; } = 16_384;

    /// <summary>Old entries removed by one change, so that others do not wait long behind it.</summary>
    internal int TrimStep { get; init; } = 1000;
}
