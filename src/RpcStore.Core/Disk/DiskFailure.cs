namespace RpcStore.Core.Disk;

/// <summary>Tells a failing disk from everything else that the framework reports in the same way.</summary>
public static class DiskFailure
{
    /// <summary>What a failure means for the store, where it is one of the disk.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>
    /// The fault that has a name: no space, read-only, an I/O error. Null for anything else, such as a connection that broke: the
    /// framework gives those no error number of the file system.
    /// </returns>
    public static StoreException? Explain(Exception exception) => exception switch
    {
        UnauthorizedAccessException or DirectoryNotFoundException or FileNotFoundException => ErrorNumber.ToException(exception, ""),
        IOException when (uint)exception.HResult is > 0 and < ErrorNumber.End => ErrorNumber.ToException(exception, ""),
        _ => null,
    };
}
