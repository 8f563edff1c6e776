using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace RpcStore.Core.Disk;

/// <summary>What <c>statx(2)</c> tells of a file. Its layout is the same on every architecture, unlike that of <c>stat</c>.</summary>
/// <param name="IsOrdinaryFile">Neither a folder nor a link nor anything special.</param>
/// <param name="Size">Bytes.</param>
/// <param name="ModifiedAt">When it was last written.</param>
/// <param name="Inode">Which file it is on its file system.</param>
/// <param name="Device">Which file system it is on.</param>
/// <param name="ChangedAt">When anything of it was last touched: nanoseconds since 1970. Programs cannot set it.</param>
internal readonly partial record struct FileStatus(
    bool IsOrdinaryFile, long Size, DateTimeOffset ModifiedAt, ulong Inode, ulong Device, long ChangedAt)
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const int EmptyPath = 0x1000;
    private const uint Wanted = 0x0001 | 0x0002 | 0x0040 | 0x0080 | 0x0100 | 0x0200;
    private const int TypeMask = 0xF000;
    private const int OrdinaryFile = 0x8000;

    /// <summary>The status of an open file.</summary>
    public static FileStatus Of(SafeFileHandle file, string path) =>
        StatOpen(file, "", EmptyPath, Wanted, out var raw) == 0 ? From(raw) : throw FileSystem.Failure(path);

    /// <summary>The status of a name, without following a link.</summary>
    /// <returns>Null when there is nothing of this name.</returns>
    public static FileStatus? Of(string path)
    {
        if (StatPath(CurrentFolder, path, NoFollow, Wanted, out var raw) == 0)
        {
            return From(raw);
        }

        return Marshal.GetLastPInvokeError() == ErrorNumber.NoEntry ? null : throw FileSystem.Failure(path);
    }

    private static FileStatus From(in Raw raw) => new(
        (raw.Mode & TypeMask) == OrdinaryFile,
        (long)raw.Size,
        DateTimeOffset.FromUnixTimeSeconds(raw.ModifiedSeconds).AddTicks(raw.ModifiedNanoseconds / 100),
        raw.Inode,
        ((ulong)raw.DeviceMajor << 32) | raw.DeviceMinor,
        (raw.ChangedSeconds * 1_000_000_000) + raw.ChangedNanoseconds);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatOpen(SafeFileHandle folder, string path, int flags, uint mask, out Raw status);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int StatPath(int folder, string path, int flags, uint mask, out Raw status);

    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Raw
    {
        [FieldOffset(28)]
        public ushort Mode;

        [FieldOffset(32)]
        public ulong Inode;

        [FieldOffset(40)]
        public ulong Size;

        [FieldOffset(96)]
        public long ChangedSeconds;

        [FieldOffset(104)]
        public uint ChangedNanoseconds;

        [FieldOffset(112)]
        public long ModifiedSeconds;

        [FieldOffset(120)]
        public uint ModifiedNanoseconds;

        [FieldOffset(136)]
        public uint DeviceMajor;

        [FieldOffset(140)]
        public uint DeviceMinor;
    }
}
