using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>
/// Names a file that was uploaded in blocks: 32 bytes, written as 64 hex digits. It is the SHA-256 either of the hex digits of its
/// blocks' ids, one after another in lower case, which is what rfs computes before it uploads; or of the file's bytes.
/// </summary>
public readonly struct FileHash : IEquatable<FileHash>
{
    /// <summary>Digits of its text.</summary>
    public const int Digits = 2 * BlobId.DigestLength;

    // The same 32 bytes, which is not to say that there is a blob of this id.
    private readonly BlobId digest;

    private FileHash(BlobId digest) => this.digest = digest;

    /// <summary>Takes the 32 bytes.</summary>
    public static FileHash FromBytes(ReadOnlySpan<byte> bytes) => new(BlobId.FromDigest(DigestFunction.Sha256, bytes));

    /// <summary>Reads a text, in upper or lower case.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out FileHash hash)
    {
        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        var isHash = text.Length == Digits && Convert.FromHexString(text, bytes, out _, out _) == System.Buffers.OperationStatus.Done;
        hash = isHash ? FromBytes(bytes) : default;
        return isHash;
    }

    /// <summary>Gives the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[BlobId.DigestLength];
        digest.CopyDigestTo(bytes);
        return bytes;
    }

    /// <inheritdoc/>
    public bool Equals(FileHash other) => digest == other.digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is FileHash other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => digest.GetHashCode();

    /// <summary>The text, in lower case.</summary>
    public override string ToString() => digest.ToString();

    /// <summary>Whether both are the same.</summary>
    public static bool operator ==(FileHash left, FileHash right) => left.Equals(right);

    /// <summary>Whether they differ.</summary>
    public static bool operator !=(FileHash left, FileHash right) => !left.Equals(right);
}
