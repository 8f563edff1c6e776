using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>A file that was uploaded in blocks, at one moment. Immutable.</summary>
/// <param name="Hash">Names it.</param>
/// <param name="Account">The account that uploaded its first block.</param>
/// <param name="IsComplete">Whether its blocks were found to be those that its hash says.</param>
/// <param name="Blocks">Blocks that are known.</param>
/// <param name="Bytes">Their sizes together.</param>
public sealed record UploadedFile(FileHash Hash, string Account, bool IsComplete, long Blocks, long Bytes)
{
    /// <summary>The largest place that is known; -1 for none.</summary>
    internal long LastPlace { get; init; }

    /// <summary>Counts the changes.</summary>
    internal long Version { get; init; }

    /// <summary>Whether no place is left out.</summary>
    internal bool IsContiguous => Blocks == LastPlace + 1;
}

/// <summary>One block of a file.</summary>
/// <param name="Place">Which, from 0.</param>
/// <param name="Id">Its blob.</param>
/// <param name="Bytes">Its size.</param>
public readonly record struct UploadedBlock(long Place, BlobId Id, long Bytes);

/// <summary>The place of a file that a block is for.</summary>
/// <param name="File">The file.</param>
/// <param name="Place">Which block of it, from 0; less than <see cref="FileUploads.MaxBlocks"/>.</param>
public readonly record struct FilePlace(FileHash File, long Place);
