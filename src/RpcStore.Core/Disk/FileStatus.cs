using System.Runtime.InteropServices;

namespace RpcStore.Core.Disk;

/// <summary>What <c>statx(2)</c> tells of a file. The layout is the kernel's, the same on every processor.</summary>
[StructLayout(LayoutKind.Explicit, Size = 256)]
internal struct FileStatus
{
    /// <summary>Everything that is read here: STATX_BASIC_STATS.</summary>
    public const uint BasicStats = 0x7ff;

    private const int TypeMask = 0xf000; // S_IFMT
    private const int RegularFile = 0x8000; // S_IFREG
    private const int Directory = 0x4000; // S_IFDIR
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const int NanosecondsPerTick = 100;

    [FieldOffset(28)]
    private readonly ushort mode;

    [FieldOffset(32)]
    private readonly ulong inode;

    [FieldOffset(40)]
    private readonly ulong size;

    [FieldOffset(96)]
    private readonly Timestamp changed;

    [FieldOffset(112)]
    private readonly Timestamp modified;

    [FieldOffset(136)]
    private readonly uint deviceMajor;

    [FieldOffset(140)]
    private readonly uint deviceMinor;

    /// <summary>Whether it is an ordinary file: no folder, link, device, FIFO or socket.</summary>
    public readonly bool IsRegularFile => (mode & TypeMask) == RegularFile;

    /// <summary>Whether it is a folder.</summary>
    public readonly bool IsFolder => (mode & TypeMask) == Directory;

    /// <summary>Bytes.</summary>
    public readonly long Size => (long)size;

    /// <summary>When its bytes were last written.</summary>
    public readonly DateTimeOffset ModifiedAt =>
        DateTimeOffset.FromUnixTimeSeconds(modified.Seconds).AddTicks(modified.Nanoseconds / NanosecondsPerTick);

    /// <summary>Names the file on this machine for as long as it exists.</summary>
    public readonly (ulong Device, ulong Inode) Identity => (((ulong)deviceMajor << 32) | deviceMinor, inode);

    /// <summary>Names these bytes of the file: the kernel sets the change time whenever they are written, and nobody can set it back.</summary>
    public readonly Blobs.BlobVersion Version => new(inode, (changed.Seconds * NanosecondsPerSecond) + changed.Nanoseconds);

    [StructLayout(LayoutKind.Sequential, Size = 16)]
    private readonly struct Timestamp
    {
        public readonly long Seconds;
        public readonly uint Nanoseconds;
    }
}
