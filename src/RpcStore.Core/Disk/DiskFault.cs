using System.Runtime.InteropServices;

namespace RpcStore.Core.Disk;

/// <summary>What a failure of the disk means to whoever uses the store.</summary>
internal static class DiskFault
{
    /// <summary>The error for a system call that failed.</summary>
    /// <param name="errno">What it failed with. "Not found" is no different from others here: what may be absent is asked before.</param>
    /// <param name="action">What was being done, as in "writing a blob".</param>
    public static StoreException From(int errno, string action) =>
        Create(IsFull(errno) ? Fault.Full : Fault.Unavailable, $"{Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})", action, null);

    /// <summary>The error for a failure that the framework reports.</summary>
    public static StoreException From(Exception exception, string action) =>
        Create(IsFull(exception.HResult) ? Fault.Full : Fault.Unavailable, exception.GetType().Name, action, exception);

    private static bool IsFull(int errno) => errno is Errno.NoSpace or Errno.QuotaExceeded;

    private static StoreException Create(Fault fault, string cause, string action, Exception? inner)
    {
        var message = fault == Fault.Full
            ? $"No space is left for {action}: {cause}. Make room or raise the quota, then try again."
            : $"The disk failed at {action}: {cause}. The server's administrator has to look at the data directory.";
        return new StoreException(fault, message, inner)
        {
            Details = new Dictionary<string, object> { ["reason"] = cause },
        };
    }
}
