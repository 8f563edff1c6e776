using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// Where the file of a blob is inside the folder of its digest function: <c>aa/bb/REST</c>, the 64 digits with a slash after
/// the second and the fourth (spec/storage-layout.md). Paths are bytes that end in NUL, as <see cref="Disk.Folder"/> takes them.
/// </summary>
internal static class BlobPath
{
    /// <summary>Bytes of a path, its NUL included.</summary>
    public const int Length = 2 + 1 + 2 + 1 + NameDigits + 1;

    /// <summary>Digits in the name of a file.</summary>
    public const int NameDigits = Digits - 4;

    /// <summary>Folders of the second level: four digits.</summary>
    public const int Buckets = 1 << 16;

    private const int Digits = 2 * BlobId.DigestLength;

    /// <summary>Writes the path of a blob's file.</summary>
    /// <param name="id">The blob.</param>
    /// <param name="path">Takes <see cref="Length"/> bytes.</param>
    public static void Write(BlobId id, Span<byte> path)
    {
        Span<byte> text = stackalloc byte[BlobId.MaxTextLength];
        id.TryFormat(text, out var length);
        var digits = text[(length - Digits)..length];
        digits[..2].CopyTo(path);
        path[2] = (byte)'/';
        digits[2..4].CopyTo(path[3..]);
        path[5] = (byte)'/';
        digits[4..].CopyTo(path[6..]);
        path[Length - 1] = 0;
    }

    /// <summary>Writes the path of the folder <c>aa/bb</c>.</summary>
    /// <param name="bucket">Its number: what its four digits say.</param>
    /// <param name="path">Takes 6 bytes.</param>
    /// <returns>The bytes written.</returns>
    public static ReadOnlySpan<byte> WriteBucket(int bucket, Span<byte> path)
    {
        WriteHex(bucket >> 8, path);
        path[2] = (byte)'/';
        WriteHex(bucket & 0xff, path[3..]);
        path[5] = 0;
        return path[..6];
    }

    /// <summary>Writes the path of the folder <c>aa</c> that a bucket is in.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="path">Takes 3 bytes.</param>
    /// <returns>The bytes written.</returns>
    public static ReadOnlySpan<byte> WriteParent(int bucket, Span<byte> path)
    {
        WriteHex(bucket >> 8, path);
        path[2] = 0;
        return path[..3];
    }

    /// <summary>The bucket that a blob's file is in.</summary>
    public static int BucketOf(BlobId id)
    {
        Span<byte> digest = stackalloc byte[BlobId.DigestLength];
        id.CopyDigestTo(digest);
        return (digest[0] << 8) | digest[1];
    }

    /// <summary>The blob whose file has this name in this bucket.</summary>
    /// <returns>False when the name is not one of a blob's file.</returns>
    public static bool TryParse(DigestFunction function, int bucket, ReadOnlySpan<char> name, out BlobId id)
    {
        id = default;
        if (name.Length != NameDigits)
        {
            return false;
        }

        // Every id is first read as SHA-256, whose text is the digits alone.
        Span<char> text = stackalloc char[Digits];
        Span<byte> start = stackalloc byte[5];
        WriteHex(bucket >> 8, start);
        WriteHex(bucket & 0xff, start[2..]);
        for (var i = 0; i < 4; i++)
        {
            text[i] = (char)start[i];
        }

        name.CopyTo(text[4..]);
        if (!BlobId.TryParse(text, out var parsed))
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[BlobId.DigestLength];
        parsed.CopyDigestTo(digest);
        id = BlobId.FromDigest(function, digest);
        return true;
    }

    private static void WriteHex(int value, Span<byte> destination)
    {
        var digits = "0123456789abcdef"u8;
        destination[0] = digits[value >> 4];
        destination[1] = digits[value & 15];
    }
}
