namespace RpcStore.Core.Flists.Registry;

/// <summary>What an upload is to become.</summary>
/// <param name="Key">The flist to make, or to give a new content.</param>
public sealed record FlistUploadOrder(FlistKey Key)
{
    /// <summary>Whether everybody may see it; null leaves that as it is, and makes a new one private.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>What must be true of the flist of this name; null for nothing.</summary>
    public FlistCondition? Condition { get; init; }

    /// <summary>Take a <c>.fl</c> whose blobs are not all here, too. It is not served until they are.</summary>
    public bool AllowsIncomplete { get; init; }

    /// <summary>Where rfs finds the blobs of a flist that is made of an archive, such as <c>server://http://host:9750</c>; null: it is not told.</summary>
    public string? StoreUrl { get; init; }

    /// <summary>Tags for a flist that is made of an archive.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Tags { get; init; } = [];
}

/// <summary>What an upload did to the flist of its name.</summary>
public enum FlistUploadStatus
{
    /// <summary>There was none before.</summary>
    Created,

    /// <summary>It had another content before.</summary>
    Replaced,

    /// <summary>It had the same content before.</summary>
    Unchanged,
}

/// <summary>The outcome of an upload.</summary>
/// <param name="Flist">The flist.</param>
/// <param name="Status">What was done to it.</param>
/// <param name="StoredBlobs">Blobs that were not here before.</param>
/// <param name="StoredBytes">Their sizes together.</param>
public sealed record FlistUploadResult(Flist Flist, FlistUploadStatus Status, long StoredBlobs, long StoredBytes);
