namespace RpcStore.Core.Disk;

/// <summary>The outcome of <see cref="Folder.Move"/>.</summary>
internal enum MoveResult
{
    /// <summary>The file has its new name.</summary>
    Moved,

    /// <summary>Something has the new name already; nothing changed.</summary>
    Exists,

    /// <summary>The file, or the folder that it should go to, is not there.</summary>
    NotFound,
}
