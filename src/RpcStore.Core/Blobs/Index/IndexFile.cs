using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Microsoft.Win32.SafeHandles;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// The mapped file behind an index: a header page and the slots. Not safe for concurrent use by itself; the index locks.
/// </summary>
internal sealed unsafe class IndexFile : IDisposable
{
    /// <summary>Bytes before the first slot.</summary>
    private const int HeaderBytes = 4096;

    private static ReadOnlySpan<byte> Magic => "RpcStore index 1"u8;

    private readonly MemoryMappedFile mapping;
    private readonly MemoryMappedViewAccessor view;
    private readonly byte* start;

    private IndexFile(MemoryMappedFile mapping, string path, long capacity)
    {
        this.mapping = mapping;
        Path = path;
        Capacity = capacity;
        view = mapping.CreateViewAccessor();
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        start += view.PointerOffset;
    }

    /// <summary>Where it is.</summary>
    public string Path { get; private set; }

    /// <summary>Slots; a power of two.</summary>
    public long Capacity { get; }

    /// <summary>What is told at the head of the file.</summary>
    public ref IndexHeader Header => ref *(IndexHeader*)(start + Magic.Length);

    /// <summary>The slot at a place.</summary>
    public ref IndexSlot this[long slot] => ref *(IndexSlot*)(start + HeaderBytes + (slot * IndexSlot.Bytes));

    /// <summary>Has the processor fetch a slot, which may lie across two lines of its cache, while it goes on with something else.</summary>
    public void Prefetch(long slot)
    {
        if (Sse.IsSupported)
        {
            var place = start + HeaderBytes + (slot * IndexSlot.Bytes);
            Sse.Prefetch0(place);
            Sse.Prefetch0(place + IndexSlot.Bytes - 1);
        }
    }

    /// <summary>Makes an empty file; one that is there is replaced.</summary>
    /// <exception cref="StoreException">There is no room for it, or the disk fails; no part of it is left.</exception>
    public static IndexFile Create(string path, long capacity)
    {
        try
        {
            var length = HeaderBytes + (capacity * IndexSlot.Bytes);
            using var handle = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.SetLength(handle, length);

            // A page without room on the disk could not be told from memory, and writing to it would end the process.
            FileSystem.ReserveOrFill(handle, path, length);
            var file = Map(handle, path, capacity);
            Magic.CopyTo(new Span<byte>(file.start, Magic.Length));
            file.Header.Capacity = capacity;
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException)
        {
            FileSystem.RemoveLeftover(path);
            throw e is StoreException ? e : ErrorNumber.ToException(e, path);
        }
    }

    /// <summary>Opens a file.</summary>
    /// <returns>Null when it is missing or is no index of this version: it is then to be made anew.</returns>
    public static IndexFile? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        var length = RandomAccess.GetLength(handle);
        Span<byte> head = stackalloc byte[Magic.Length + Marshal.SizeOf<IndexHeader>()];
        if (RandomAccess.Read(handle, head, 0) != head.Length || !head.StartsWith(Magic))
        {
            return null;
        }

        var capacity = MemoryMarshal.Read<IndexHeader>(head[Magic.Length..]).Capacity;
        return capacity > 0 && long.IsPow2(capacity) && capacity <= long.MaxValue / 64 && length == HeaderBytes + (capacity * IndexSlot.Bytes)
            ? Map(handle, path, capacity)
            : null;
    }

    /// <summary>Writes everything to the disk.</summary>
    /// <exception cref="StoreException">The disk fails.</exception>
    public void Flush()
    {
        try
        {
            view.Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, Path);
        }
    }

    /// <summary>Takes the place of another file.</summary>
    /// <exception cref="StoreException">The disk fails; the other file is still there.</exception>
    public void MoveTo(string path)
    {
        FileSystem.Rename(Path, path);
        Path = path;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        view.SafeMemoryMappedViewHandle.ReleasePointer();
        view.Dispose();
        mapping.Dispose();
    }

    private static IndexFile Map(SafeFileHandle handle, string path, long capacity)
    {
        var mapping = MemoryMappedFile.CreateFromFile(handle, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        return new IndexFile(mapping, path, capacity);
    }
}

/// <summary>The numbers at the head of an index file, behind its magic text.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct IndexHeader
{
    /// <summary>Slots.</summary>
    public long Capacity;

    /// <summary>1 after an orderly end that wrote everything to the disk; 0 while a server uses the file.</summary>
    public long IsClean;

    /// <summary>Blobs.</summary>
    public long Blobs;

    /// <summary>The sum of their sizes.</summary>
    public long Bytes;

    /// <summary>Slots that are removed and not used again.</summary>
    public long Removed;

    /// <summary>The boot of the machine in which the file was last opened.</summary>
    public Guid Boot;
}
