using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RpcStore.Core.Disk;

/// <summary>
/// What the framework does not offer of Linux: flushing a folder or a whole file system, files with a mode from the first
/// moment, opening without following links. Failures are <see cref="StoreException"/>s.
/// </summary>
internal static partial class FileSystem
{
    private const int ReadOnly = 0;
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int NonBlocking = 0x800;
    private const int CloseOnExec = 0x80000;
    private const int FillStep = 1 << 20;

    // O_DIRECTORY and O_NOFOLLOW have other values on ARM (asm/fcntl.h).
    private static readonly bool IsArm = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm;
    private static readonly int Directory = IsArm ? 0x4000 : 0x10000;
    private static readonly int NoFollow = IsArm ? 0x8000 : 0x20000;

    /// <summary>Makes a file that must not exist, for writing.</summary>
    public static SafeFileHandle CreateFile(string path, UnixFileMode mode) =>
        ToHandle(Open(path, WriteOnly | Create | Exclusive | CloseOnExec, (uint)mode), path);

    /// <summary>Opens an ordinary file for reading, without following a link.</summary>
    /// <returns>Null when there is nothing of this name, or something that is no ordinary file.</returns>
    public static (SafeFileHandle Handle, FileStatus Status)? OpenFile(string path)
    {
        // A named pipe would otherwise wait for a writer that never comes.
        var descriptor = Open(path, ReadOnly | NoFollow | NonBlocking | CloseOnExec, 0);
        if (descriptor < 0 && Marshal.GetLastPInvokeError() is ErrorNumber.NoEntry or ErrorNumber.Loop)
        {
            return null;
        }

        var handle = ToHandle(descriptor, path);
        try
        {
            var status = FileStatus.Of(handle, path);
            if (status.IsOrdinaryFile)
            {
                return (handle, status);
            }
        }
        catch
        {
            handle.Dispose();
            throw;
        }

        handle.Dispose();
        return null;
    }

    /// <summary>Renames a file; one of the new name is replaced.</summary>
    public static void Rename(string from, string to) => Check(RenameCall(from, to), from);

    /// <summary>Removes a file.</summary>
    /// <returns>False when there is none.</returns>
    public static bool Unlink(string path)
    {
        if (UnlinkCall(path) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.NoEntry ? false : throw Failure(path);
    }

    /// <summary>Writes the data of a file to the disk (<c>fdatasync(2)</c>).</summary>
    public static void FlushData(SafeFileHandle file, string path) => Check(FlushDataCall(file), path);

    /// <summary>Writes the names in a folder to the disk (<c>fsync(2)</c>).</summary>
    public static void FlushFolder(string path)
    {
        using var folder = OpenFolder(path);
        Check(FlushCall(folder), path);
    }

    /// <summary>Writes everything of the file system that a folder is on to the disk (<c>syncfs(2)</c>).</summary>
    public static void FlushFileSystem(SafeFileHandle folder, string path) => Check(FlushFileSystemCall(folder), path);

    /// <summary>Opens a folder, to flush it or its file system.</summary>
    public static SafeFileHandle OpenFolder(string path) => ToHandle(Open(path, ReadOnly | Directory | CloseOnExec, 0), path);

    /// <summary>Makes room for bytes of a file, without changing its length.</summary>
    public static void Reserve(SafeFileHandle file, string path, long offset, long length)
    {
        const int KeepSize = 1;
        if (ReserveCall(file, KeepSize, offset, length) != 0 && Marshal.GetLastPInvokeError() != ErrorNumber.NotSupported)
        {
            throw Failure(path);
        }
    }

    /// <summary>
    /// Makes room for the first bytes of a file that was made empty: with zeros where the file system cannot do it otherwise.
    /// </summary>
    public static void ReserveOrFill(SafeFileHandle file, string path, long length)
    {
        const int Everything = 0;
        if (ReserveCall(file, Everything, 0, length) == 0)
        {
            return;
        }

        if (Marshal.GetLastPInvokeError() != ErrorNumber.NotSupported)
        {
            throw Failure(path);
        }

        var zeros = new byte[FillStep];
        for (long offset = 0; offset < length; offset += zeros.Length)
        {
            RandomAccess.Write(file, zeros.AsSpan(0, (int)Math.Min(zeros.Length, length - offset)), offset);
        }
    }

    /// <summary>
    /// Removes a file that is not needed, often after a failure. That this fails too is not told: the first failure says more, and
    /// a file that is left is replaced when it is made the next time, or removed at the next start.
    /// </summary>
    public static void RemoveLeftover(string path) => _ = UnlinkCall(path);

    /// <summary>
    /// Has the kernel begin to write a part of a file to the disk, without waiting (<c>sync_file_range(2)</c>), so that a flush
    /// later on finds little left to do. Promises nothing; what goes wrong is told by that flush.
    /// </summary>
    public static void BeginFlush(SafeFileHandle file, long offset, long length)
    {
        const uint Write = 2;
        _ = BeginFlushCall(file, offset, length, Write);
    }

    /// <summary>The error of the last call.</summary>
    public static StoreException Failure(string path)
    {
        var number = Marshal.GetLastPInvokeError();
        return ErrorNumber.ToException(number, path, new Win32Exception(number));
    }

    private static void Check(int result, string path)
    {
        if (result < 0)
        {
            throw Failure(path);
        }
    }

    private static SafeFileHandle ToHandle(int descriptor, string path) =>
        descriptor >= 0 ? new SafeFileHandle(descriptor, ownsHandle: true) : throw Failure(path);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "rename", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameCall(string from, string to);

    [LibraryImport("libc", EntryPoint = "unlink", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int UnlinkCall(string path);

    [LibraryImport("libc", EntryPoint = "fdatasync", SetLastError = true)]
    private static partial int FlushDataCall(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushCall(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int FlushFileSystemCall(SafeFileHandle file);

    [LibraryImport("libc", EntryPoint = "sync_file_range")]
    private static partial int BeginFlushCall(SafeFileHandle file, long offset, long length, uint flags);

    [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
    private static partial int ReserveCall(SafeFileHandle file, int mode, long offset, long length);
}
