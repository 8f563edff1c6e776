using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace RpcStore.Core.Disk;

/// <summary>
/// An open folder, and what can be done in it with names that are relative to it: bytes that end in NUL. The system calls
/// block. Safe to use from any thread.
/// </summary>
/// <remarks>
/// Names are looked up from the folder that was opened, not from the root: that is faster, and a disk that is unmounted
/// meanwhile is noticed (<see cref="RequireInPlace"/>) instead of showing an empty mount point.
/// </remarks>
internal sealed class Folder : IDisposable
{
    /// <summary>rwx------: for what is nobody else's business.</summary>
    public const uint PrivateMode = 0b111_000_000;

    /// <summary>rwxr-x---: for what a group may be allowed to read, to make backups for instance.</summary>
    public const uint GroupMode = 0b111_101_000;

    private readonly SafeFileHandle handle;
    private readonly byte[] pathBytes;
    private readonly (ulong Device, ulong Inode) identity;

    private Folder(string path, byte[] pathBytes, SafeFileHandle handle)
    {
        Path = path;
        this.pathBytes = pathBytes;
        this.handle = handle;
        identity = StatFromOutside(out var status) == Errno.None ? status.Identity : throw Failed("opening a folder");
    }

    /// <summary>Where it was opened.</summary>
    public string Path { get; }

    /// <summary>Opens a folder.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="StoreException">It is not there, is no folder, or cannot be opened.</exception>
    public static Folder Open(string path)
    {
        var bytes = Terminated(path);
        int descriptor;
        do
        {
            descriptor = LibC.OpenAt(LibC.CurrentDirectory, in bytes[0], LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec, 0);
        }
        while (descriptor < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted);

        return descriptor >= 0 ? new Folder(path, bytes, new SafeFileHandle(descriptor, ownsHandle: true)) : throw Failed("opening a folder");
    }

    /// <summary>A name as the other members take it.</summary>
    public static byte[] Terminated(string name) => Encoding.UTF8.GetBytes(name + '\0');

    /// <summary>Makes sure that the folder is still the one at its path, so that a name it does not have is really absent.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: the disk was taken away, or the folder replaced.</exception>
    public void RequireInPlace()
    {
        var errno = StatFromOutside(out var status);
        if (errno != Errno.None || status.Identity != identity)
        {
            throw new StoreException(
                Fault.Unavailable,
                "The data directory is not where it was when the server started: its disk was unmounted, or it was moved or replaced. "
                + "Put it back, or restart the server.")
            {
                Details = new Dictionary<string, object> { ["reason"] = "the data directory was replaced" },
            };
        }
    }

    /// <summary>Opens a file.</summary>
    /// <returns>Null when there is none, and when the name is a symbolic link.</returns>
    public OpenFile? TryOpen(ReadOnlySpan<byte> name)
    {
        // Non-blocking, because a FIFO in the place of a blob would otherwise wait for a writer.
        var flags = LibC.ReadOnly | LibC.NoFollow | LibC.NonBlocking | LibC.CloseOnExec;
        var errno = OpenAt(name, flags, 0, out var descriptor);
        return errno switch
        {
            Errno.None => new OpenFile(descriptor),
            Errno.NotFound or Errno.TooManyLinks => null,
            _ => throw DiskFault.From(errno, "opening a blob"),
        };
    }

    /// <summary>Makes a file that was not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">Its permissions, less what the process's umask takes.</param>
    public OpenFile Create(ReadOnlySpan<byte> name, uint mode)
    {
        var errno = OpenAt(name, LibC.WriteOnly | LibC.Create | LibC.Exclusive | LibC.CloseOnExec, mode, out var descriptor);
        return errno == Errno.None ? new OpenFile(descriptor) : throw DiskFault.From(errno, "writing a blob");
    }

    /// <summary>Opens a file for writing, making it if need be.</summary>
    public OpenFile OpenOrCreate(ReadOnlySpan<byte> name, uint mode)
    {
        var errno = OpenAt(name, LibC.ReadWrite | LibC.Create | LibC.NoFollow | LibC.CloseOnExec, mode, out var descriptor);
        return errno == Errno.None ? new OpenFile(descriptor) : throw DiskFault.From(errno, "opening a file of the data directory");
    }

    /// <summary>Looks at what has a name, without following a link.</summary>
    /// <returns>False when nothing has it.</returns>
    public bool TryStat(ReadOnlySpan<byte> name, out FileStatus status) => Stat(name, out status) switch
    {
        Errno.None => true,
        Errno.NotFound => false,
        var errno => throw DiskFault.From(errno, "looking for a blob"),
    };

    /// <summary>Whether a name is that of a folder.</summary>
    public bool HasFolder(ReadOnlySpan<byte> name) => Stat(name, out var status) switch
    {
        Errno.None => status.IsFolder,
        Errno.NotFound or Errno.NotAFolder => false,
        var errno => throw DiskFault.From(errno, "looking for a folder"),
    };

    /// <summary>Makes a folder.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="mode">Its permissions, less what the process's umask takes.</param>
    /// <returns>False when the folder that it would be in is not there. One that exists is fine.</returns>
    public bool TryMakeFolder(ReadOnlySpan<byte> name, uint mode = GroupMode)
    {
        if (LibC.MakeDirectoryAt(handle, in MemoryMarshal.GetReference(name), mode) == 0)
        {
            return true;
        }

        return Marshal.GetLastPInvokeError() == Errno.Exists || (IsNotFound() ? false : throw Failed("making a folder"));
    }

    /// <summary>Removes a file.</summary>
    /// <returns>False when it was not there.</returns>
    public bool TryRemove(ReadOnlySpan<byte> name) =>
        LibC.UnlinkAt(handle, in MemoryMarshal.GetReference(name), 0) == 0 || (IsNotFound() ? false : throw Failed("removing a file"));

    /// <summary>Gives a file another name, maybe in another folder of the same disk, and never replaces one.</summary>
    public MoveResult Move(ReadOnlySpan<byte> name, Folder target, ReadOnlySpan<byte> newName)
    {
        ref readonly var from = ref MemoryMarshal.GetReference(name);
        ref readonly var to = ref MemoryMarshal.GetReference(newName);
        if (LibC.RenameAt(handle, in from, target.handle, in to, LibC.NoReplace) == 0)
        {
            return MoveResult.Moved;
        }

        // Not every file system knows the flag; a hard link refuses to replace on all of them.
        if (Marshal.GetLastPInvokeError() is Errno.Invalid or Errno.NotImplemented
            && LibC.LinkAt(handle, in from, target.handle, in to, 0) == 0)
        {
            TryRemove(name);
            return MoveResult.Moved;
        }

        return Marshal.GetLastPInvokeError() switch
        {
            Errno.Exists => MoveResult.Exists,
            Errno.NotFound => MoveResult.NotFound,
            var errno => throw DiskFault.From(errno, "giving a blob its name"),
        };
    }

    /// <summary>Waits until the names of a folder in this one are on the disk.</summary>
    /// <returns>False when it is not there.</returns>
    public bool TryFlushFolder(ReadOnlySpan<byte> name)
    {
        var errno = OpenAt(name, LibC.ReadOnly | LibC.Directory | LibC.CloseOnExec, 0, out var descriptor);
        if (errno == Errno.NotFound)
        {
            return false;
        }

        if (errno != Errno.None)
        {
            throw DiskFault.From(errno, "flushing a folder");
        }

        using var inner = new SafeFileHandle(descriptor, ownsHandle: true);
        return LibC.Flush(inner) == 0 ? true : throw Failed("flushing a folder");
    }

    /// <summary>Waits until the names in this folder are on the disk.</summary>
    public void Flush()
    {
        if (LibC.Flush(handle) != 0)
        {
            throw Failed("flushing a folder");
        }
    }

    /// <summary>Waits until everything that was written to this file system is on the disk.</summary>
    public void FlushFileSystem()
    {
        if (LibC.FlushFileSystem(handle) != 0)
        {
            throw Failed("flushing the file system");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private static bool IsInterrupted(int result) => result < 0 && Marshal.GetLastPInvokeError() == Errno.Interrupted;

    private static bool IsNotFound() => Marshal.GetLastPInvokeError() == Errno.NotFound;

    private static StoreException Failed(string action) => DiskFault.From(Marshal.GetLastPInvokeError(), action);

    private int OpenAt(ReadOnlySpan<byte> name, int flags, uint mode, out int descriptor)
    {
        do
        {
            descriptor = LibC.OpenAt(handle, in MemoryMarshal.GetReference(name), flags, mode);
        }
        while (IsInterrupted(descriptor));

        return descriptor >= 0 ? Errno.None : Marshal.GetLastPInvokeError();
    }

    private int Stat(ReadOnlySpan<byte> name, out FileStatus status)
    {
        int result;
        do
        {
            result = LibC.StatX(handle, in MemoryMarshal.GetReference(name), LibC.NoFollowLink, FileStatus.BasicStats, out status);
        }
        while (IsInterrupted(result));

        return result == 0 ? Errno.None : Marshal.GetLastPInvokeError();
    }

    private int StatFromOutside(out FileStatus status)
    {
        int result;
        do
        {
            result = LibC.StatX(LibC.CurrentDirectory, in pathBytes[0], 0, FileStatus.BasicStats, out status);
        }
        while (IsInterrupted(result));

        return result == 0 ? Errno.None : Marshal.GetLastPInvokeError();
    }
}
