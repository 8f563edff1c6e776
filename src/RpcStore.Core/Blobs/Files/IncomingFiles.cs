using System.Buffers.Text;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// The folder of what is being written. A name in it means nothing, and what is in it at start is what a process that died
/// has left. Safe to use from any thread.
/// </summary>
internal sealed class IncomingFiles : IDisposable
{
    /// <summary>Bytes of the longest name, its NUL included.</summary>
    public const int MaxNameBytes = 21;

    // r--r-----: nobody writes to the file of a blob; whoever made it still can until it is closed.
    private const uint ReadOnlyMode = 0b100_100_000;

    private long last;

    private IncomingFiles(Folder folder) => Folder = folder;

    /// <summary>The folder.</summary>
    public Folder Folder { get; }

    /// <summary>Opens the folder, making it if need be, and empties it.</summary>
    public static IncomingFiles Open(Folder blobs)
    {
        blobs.TryMakeFolder("incoming\0"u8);
        var path = Path.Combine(blobs.Path, "incoming");
        foreach (var file in Directory.EnumerateFiles(path))
        {
            File.Delete(file);
        }

        return new IncomingFiles(Folder.Open(path));
    }

    /// <summary>Makes a file.</summary>
    /// <param name="number">Names it for the other members.</param>
    public OpenFile Create(out long number)
    {
        number = Interlocked.Increment(ref last);
        Span<byte> name = stackalloc byte[MaxNameBytes];
        return Folder.Create(WriteName(number, name), ReadOnlyMode);
    }

    /// <summary>Opens a file that was made, to flush it.</summary>
    public OpenFile Open(long number)
    {
        Span<byte> name = stackalloc byte[MaxNameBytes];
        return Folder.TryOpen(WriteName(number, name))
            ?? throw new StoreException(Fault.Unavailable, "A file vanished from blobs/incoming while it was being written.");
    }

    /// <summary>Removes a file.</summary>
    public void Remove(long number)
    {
        Span<byte> name = stackalloc byte[MaxNameBytes];
        Folder.TryRemove(WriteName(number, name));
    }

    /// <summary>Writes the name of a file.</summary>
    /// <returns>The bytes written, NUL included.</returns>
    public static ReadOnlySpan<byte> WriteName(long number, Span<byte> destination)
    {
        Utf8Formatter.TryFormat(number, destination, out var length);
        destination[length] = 0;
        return destination[..(length + 1)];
    }

    /// <inheritdoc/>
    public void Dispose() => Folder.Dispose();
}
