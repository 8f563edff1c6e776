namespace RpcStore.Core.Disk;

/// <summary>The errors of Linux (errno(3)) that mean something to the store.</summary>
internal static class ErrorNumber
{
    public const int NoEntry = 2;
    public const int InputOutput = 5;
    public const int WouldBlock = 11;
    public const int NoAccess = 13;
    public const int Exists = 17;
    public const int NotFolder = 20;
    public const int TooManyFiles = 24;
    public const int NoSpace = 28;
    public const int ReadOnlyFileSystem = 30;
    public const int Loop = 40;
    public const int NotSupported = 95;
    public const int QuotaExceeded = 122;

    /// <summary>What a failed call means: no space, or a disk that does not work now. Never that something is absent.</summary>
    /// <param name="number">The error.</param>
    /// <param name="path">What it was about; only its last part is told.</param>
    /// <param name="inner">What led to it.</param>
    public static StoreException ToException(int number, string path, Exception inner)
    {
        if (number is NoSpace or QuotaExceeded)
        {
            return new StoreException(Fault.Full, "The disk is full. Free some space, or delete blobs.", inner)
            {
                Details = new Dictionary<string, object> { ["reason"] = number == NoSpace ? "no space" : "quota used up" },
            };
        }

        var (reason, text) = number switch
        {
            ReadOnlyFileSystem => ("read-only", "The disk is read-only."),
            InputOutput => ("I/O error", "The disk reports an I/O error."),
            NoEntry or NotFolder => ("missing", "A part of the data directory is missing; is the disk mounted?"),
            NoAccess => ("no access", "The server may not use a part of its data directory."),
            TooManyFiles => ("too many open files", "The server has too many files open; raise its limit (ulimit -n)."),
            _ => ("disk failure", $"The disk fails: {inner.Message}."),
        };
        return new StoreException(Fault.Unavailable, text, new IOException($"{Path.GetFileName(path)}: errno {number}", inner))
        {
            Details = new Dictionary<string, object> { ["reason"] = reason },
        };
    }

    /// <summary>What a failure of the framework's own file calls means.</summary>
    public static StoreException ToException(Exception exception, string path)
    {
        // On Unix the framework keeps the number of the system where it has no name of its own for it.
        var number = exception switch
        {
            UnauthorizedAccessException => NoAccess,
            DirectoryNotFoundException or FileNotFoundException => NoEntry,
            _ when (uint)exception.HResult < 4096 => exception.HResult,
            _ when exception.Message.StartsWith("No space left", StringComparison.Ordinal) => NoSpace,
            _ => 0,
        };
        return ToException(number, path, exception);
    }
}
