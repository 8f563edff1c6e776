namespace RpcStore.Core.Flists;

/// <summary>How large a flist that comes from anybody may be. Immutable; the defaults suit a server.</summary>
public sealed record FlistLimits
{
    /// <summary>The limits without any changes.</summary>
    public static FlistLimits Default { get; } = new();

    /// <summary>Bytes of the file itself (<c>maxFlistBytes</c>).</summary>
    public long MaxFlistBytes { get; init; } = 4L << 30;

    /// <summary>Inodes (<c>maxFlistInodes</c>).</summary>
    public long MaxInodes { get; init; } = 10_000_000;

    /// <summary>Bytes of one file in the tree (<c>maxFlistFileBytes</c>).</summary>
    public long MaxFileBytes { get; init; } = 1L << 40;

    /// <summary>Directories below one another (<c>maxFlistDepth</c>).</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>Bytes of an archive after decompression (<c>maxArchiveBytes</c>).</summary>
    public long MaxArchiveBytes { get; init; } = 1L << 40;

    /// <summary>Tags, and as many routes (<c>maxFlistTags</c>).</summary>
    public int MaxTags { get; init; } = 1000;

    /// <summary>What one query may take (<c>maxFlistQueryTime</c>). A query is a page, an inode or a path.</summary>
    public TimeSpan MaxQueryTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>What a check of the whole file may take (<c>maxFlistCheckTime</c>).</summary>
    public TimeSpan MaxCheckTime { get; init; } = TimeSpan.FromMinutes(10);
}
