namespace RpcStore.Core.Flists.Registry;

/// <summary>A flist of an account, at one moment. Immutable.</summary>
public sealed record Flist
{
    /// <summary>Names it for as long as it exists, also when its content is replaced: 32 hex digits.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is, and which of theirs.</summary>
    public required FlistKey Key { get; init; }

    /// <summary>The SHA-256 of its <c>.fl</c> file: 64 hex digits. It changes whenever the content does.</summary>
    public required string Digest { get; init; }

    /// <summary>Whether everybody may list and download it.</summary>
    public required bool IsPublic { get; init; }

    /// <summary>Bytes of the <c>.fl</c> file.</summary>
    public required long FileBytes { get; init; }

    /// <summary>Inodes, the root included.</summary>
    public required long Inodes { get; init; }

    /// <summary>Ordinary files.</summary>
    public required long Files { get; init; }

    /// <summary>Bytes of these files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Blocks of these files; one that is used twice counts twice.</summary>
    public required long Blocks { get; init; }

    /// <summary>Blobs that it needs, each once.</summary>
    public required long Blobs { get; init; }

    /// <summary>Bytes of those blobs that are here.</summary>
    public required long BlobBytes { get; init; }

    /// <summary>Files that have other than the blocks that their size needs.</summary>
    public required long IncompleteFiles { get; init; }

    /// <summary>Blobs that were not here when it was last looked at as a whole.</summary>
    public required long MissingBlobs { get; init; }

    /// <summary>When an account first had a flist of this name.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its content was last replaced, or who may see it.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Whether everything is there. Only then is it served.</summary>
    public bool IsComplete => IncompleteFiles == 0 && MissingBlobs == 0;

    /// <summary>The number of its content, which names the file.</summary>
    internal long ContentId { get; init; }
}

/// <summary>Who looks at flists.</summary>
/// <param name="Account">Sees their own beside the public ones; null for a guest.</param>
/// <param name="SeesAll">Whether they see everybody's.</param>
public sealed record FlistViewer(string? Account, bool SeesAll)
{
    /// <summary>Sees everything: for the server itself.</summary>
    public static FlistViewer All { get; } = new(null, SeesAll: true);

    /// <summary>Whether they may see a flist.</summary>
    public bool Sees(Flist flist) => SeesAll || flist.IsPublic || flist.Key.Account == Account;
}

/// <summary>What must be true of a flist for a change to be made.</summary>
/// <param name="Digest">Its digest, or <see cref="None"/>: that there is none.</param>
public sealed record FlistCondition(string Digest)
{
    /// <summary>There must be none of this name.</summary>
    public const string None = "none";

    /// <summary>Refuses what does not meet it.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Precondition"/>.</exception>
    internal static void Check(FlistCondition? condition, FlistKey key, Flist? flist)
    {
        if (condition is not null && condition.Digest != (flist?.Digest ?? None))
        {
            throw FlistRegistryFaults.Changed(key, flist?.Digest);
        }
    }
}

/// <summary>What a deletion removed.</summary>
/// <param name="Blobs">Blobs that nothing else needs.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="KeptBlobs">Blobs that something else needs; they stay.</param>
/// <param name="IsDeferred">Somebody still reads the flist: the blobs go when they have finished.</param>
public sealed record FlistDeletion(long Blobs, long Bytes, long KeptBlobs, bool IsDeferred);
