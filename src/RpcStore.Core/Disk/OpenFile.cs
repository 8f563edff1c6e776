using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RpcStore.Core.Disk;

/// <summary>An open file: plain, blocking system calls. Safe to use from any thread.</summary>
internal sealed class OpenFile(int descriptor) : IDisposable
{
    private static readonly byte[] NoPath = [0];

    private readonly SafeFileHandle handle = new(descriptor, ownsHandle: true);

    /// <summary>What the file is.</summary>
    public FileStatus Stat()
    {
        int result;
        FileStatus status;
        do
        {
            result = LibC.StatX(handle, in NoPath[0], LibC.EmptyPath, FileStatus.BasicStats, out status);
        }
        while (IsInterrupted(result));

        return result == 0 ? status : throw Failed("looking at a file");
    }

    /// <summary>Reads bytes.</summary>
    /// <returns>0 only at the end; may be fewer than asked.</returns>
    public int Read(long offset, Span<byte> buffer)
    {
        nint read;
        do
        {
            read = LibC.Read(handle, ref MemoryMarshal.GetReference(buffer), buffer.Length, offset);
        }
        while (IsInterrupted(read));

        return read >= 0 ? (int)read : throw Failed("reading a blob");
    }

    /// <summary>Writes all of the bytes.</summary>
    public void Write(long offset, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var written = LibC.Write(handle, in MemoryMarshal.GetReference(bytes), bytes.Length, offset);
            if (written < 0)
            {
                if (IsInterrupted(written))
                {
                    continue;
                }

                throw Failed("writing a blob");
            }

            bytes = bytes[(int)written..];
            offset += written;
        }
    }

    /// <summary>Makes room for bytes that are about to be written, where the file system can.</summary>
    public void Allocate(long length)
    {
        int result;
        do
        {
            result = LibC.Allocate(handle, 0, 0, length);
        }
        while (IsInterrupted(result));

        if (result != 0 && Marshal.GetLastPInvokeError() is Errno.NoSpace or Errno.QuotaExceeded)
        {
            throw Failed("writing a blob");
        }
    }

    /// <summary>Waits until the bytes are on the disk.</summary>
    public void FlushData()
    {
        if (LibC.FlushData(handle) != 0)
        {
            throw Failed("flushing a blob");
        }
    }

    /// <summary>Takes the exclusive lock of the file.</summary>
    /// <returns>False when somebody else has it.</returns>
    public bool TryLock()
    {
        if (LibC.Lock(handle, LibC.LockExclusive | LibC.LockNonBlocking) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.WouldBlock ? false : throw Failed("locking the data directory");
    }

    /// <summary>Closes it, which also gives up its lock.</summary>
    public void Dispose() => handle.Dispose();

    private static bool IsInterrupted(nint result) => result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted;

    private static StoreException Failed(string action) => DiskFault.From(Marshal.GetLastPInvokeError(), action);
}
