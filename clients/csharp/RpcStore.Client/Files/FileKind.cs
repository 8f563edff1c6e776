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
    private const int CurrentDirectory = -100;
    private const uint WantType = 1;

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

        Span<byte> result = stackalloc byte[StatxSize];
        return Statx(CurrentDirectory, path, 0, WantType, ref MemoryMarshal.GetReference(result)) == 0
            ? (BinaryPrimitives.ReadUInt16LittleEndian(result[ModeOffset..]) & TypeMask) == RegularType
            : File.Exists(path);
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int directory, string path, int flags, uint mask, ref byte result);
}
