using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RpcStore.Client.Files;

/// <summary>Tells regular files from pipes, sockets and devices, which the framework does not.</summary>
public static partial class FileKind
{
    // statx(2): the layout is the same on every architecture; stx_mode is at 28, the type of a file in its upper four bits.
    private const int StatxSize = 256;
    private const int ModeOffset = 28;
    private const int TypeMask = 0xF000;
    private const int RegularType = 0x8000;
    private const int SocketType = 0xC000;
    private const int CurrentDirectory = -100;
    private const uint WantType = 1;

    // AT_SYMLINK_NOFOLLOW
    private const int NoFollow = 0x100;

    /// <summary>
    /// Whether a path leads to a regular file, through links if need be. Other things can be opened too, but reading them
    /// twice does not give the same bytes, and they have no size. False when nothing is there; what cannot be told counts as
    /// regular.
    /// </summary>
    public static bool IsRegular(string path)
    {
        if (!OperatingSystem.IsLinux())
        {
            return File.Exists(path);
        }

        return FindType(path, flags: 0) is { } type ? type == RegularType : File.Exists(path);
    }

    /// <summary>Whether something is a unix socket; a link to one is not. False where that cannot be told.</summary>
    public static bool IsSocket(string path) => OperatingSystem.IsLinux() && FindType(path, NoFollow) == SocketType;

    private static int? FindType(string path, int flags)
    {
        Span<byte> result = stackalloc byte[StatxSize];
        return Statx(CurrentDirectory, path, flags, WantType, ref MemoryMarshal.GetReference(result)) == 0
            ? BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]) & TypeMask
            : null;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte result);
}
