using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RpcStore.Core;

/// <summary>What <c>statx(2)</c> tells of a file. Its layout is the same on every architecture, unlike that of <c>stat</c>.</summary>
/// <param name="IsOrdinaryFile">Neither a folder nor a link nor anything special.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">When it was last written.</param>
internal readonly partial record struct FileStatus(bool IsOrdinaryFile, long Size, DateTimeOffset ModifiedAt)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint TypeModeSizeAndTime = 0x0001 | 0x0002 | 0x0200 | 0x0040;
    private const int TypeMask = 0xF000;
    private const int OrdinaryFile = 0x8000;

    /// <summary>The status of an open file.</summary>
    public static FileStatus Of(SafeFileHandle file, string path) =>
        StatOpen(file, "", EmptyPath, TypeModeSizeAndTime, out var raw) == 0 ? From(raw) : throw FileSystem.Failure(path);

    /// <summary>The status of a name, without following a link.</summary>
    /// <returns>Null when there is nothing of this name.</returns>
    public static FileStatus? Of(string path)
    {
        if (StatPath(CurrentFolder, path, NoFollow, TypeModeSizeAndTime, out var raw) == 0)
        {
            return From(raw);
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.NoEntry ? null : throw FileSystem.Failure(path);
    }

    private static FileStatus From(in Raw raw) => new(
        (raw.Mode & TypeMask) == OrdinaryFile,
        (long)raw.Size,
        DateTimeOffset.FromUnixTimeSeconds(raw.ModifiedSeconds).AddTicks(raw.ModifiedNanoseconds / 100));

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOpen(SafeFileHandle folder, string path, int flags, uint mask, out Raw status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatPath(int folder, string path, int flags, uint mask, out Raw status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;
    }
}
