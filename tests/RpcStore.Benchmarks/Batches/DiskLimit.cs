using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;
using RpcStore.Digests;

namespace RpcStore.Benchmarks.Batches;

/// <summary>The least that keeping the same files durably, and reading them verified, can cost on this disk.</summary>
internal static partial class DiskLimit
{
    private const int BufferSize = 1 << 20;

    /// <summary>Writes the files aside, flushes, gives them their names, flushes. Nothing is hashed.</summary>
    /// <param name="ids">What they are called after.</param>
    /// <param name="open">Their bytes, of which the length is known.</param>
    /// <param name="folder">Where they go.</param>
    public static void Write(IReadOnlyList<BlobId> ids, Func<int, Stream> open, string folder)
    {
        var aside = Path.Combine(folder, "incoming");
        Directory.CreateDirectory(aside);
        var buffer = new byte[BufferSize];
        for (var i = 0; i < ids.Count; i++)
        {
            using var content = open(i);
            using var file = File.OpenHandle(
                Path.Combine(aside, i.ToString("x")), FileMode.CreateNew, FileAccess.Write, preallocationSize: content.Length);
            for (int count; (count = content.Read(buffer)) > 0;)
            {
                RandomAccess.Write(file, buffer.AsSpan(0, count), content.Position - count);
            }

            if (ids.Count == 1)
            {
                RandomAccess.FlushToDisk(file);
            }
        }

        if (ids.Count > 1)
        {
            Flush(folder);
        }

        for (var i = 0; i < ids.Count; i++)
        {
            var path = PathOf(ids[i], folder);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Move(Path.Combine(aside, i.ToString("x")), path);
        }

        Flush(folder);
    }

    /// <summary>Reads the files, with their digests, on one thread.</summary>
    public static void ReadAndHash(BlobPattern pattern, string folder)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[BufferSize];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        for (var i = 0; i < pattern.Count; i++)
        {
            using var file = File.OpenHandle(PathOf(pattern.Ids[i], folder));
            long offset = 0;
            for (int count; (count = RandomAccess.Read(file, buffer, offset)) > 0; offset += count)
            {
                hash.AppendData(buffer.AsSpan(0, count));
            }

            hash.GetHashAndReset(digest);
        }
    }

    /// <summary>
    /// The first write to blocks of a virtual disk is several times slower than those after, and so is the first use of
    /// memory that the machine has given back to its host: both are used and set free before the limit and the server are.
    /// </summary>
    public static void WarmUp(long bytes, string path)
    {
        using (var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write))
        {
            var buffer = new byte[1 << 20];
            for (long at = 0; at < bytes; at += buffer.Length)
            {
                RandomAccess.Write(file, buffer, at);
            }

            RandomAccess.FlushToDisk(file);
        }

        File.Delete(path);
    }

    private static string PathOf(BlobId id, string folder)
    {
        var digits = id.ToString()[^64..];
        return Path.Combine(folder, digits[..2], digits[2..4], digits[4..]);
    }

    private static void Flush(string folder)
    {
        using var handle = Open(folder, 0);
        if (handle.IsInvalid || FlushFileSystem(handle) != 0)
        {
            throw new IOException($"syncfs of {folder} failed: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "syncfs", SetLastError = true)]
    private static partial int FlushFileSystem(SafeFileHandle file);
}
