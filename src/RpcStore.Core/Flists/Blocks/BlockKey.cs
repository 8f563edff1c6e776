using RpcStore.Digests;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>
/// What opens a block: the BLAKE2b-256 digest of its plain bytes, which is the key that they are encrypted with
/// (spec/flist.md, section 2). A value; whoever has it can read the block, so it is shown to nobody who may not.
/// </summary>
public readonly struct BlockKey : IEquatable<BlockKey>
{
    /// <summary>Bytes in a key.</summary>
    public const int Length = BlobId.DigestLength;

    private readonly BlobId digest;

    private BlockKey(BlobId digest) => this.digest = digest;

    /// <summary>The key of these plain bytes.</summary>
    public static BlockKey Of(ReadOnlySpan<byte> plain) => new(BlobId.Compute(DigestFunction.Blake2b, plain));

    /// <summary>Takes a key as a flist stores it.</summary>
    /// <param name="bytes">Exactly <see cref="Length"/> bytes.</param>
    /// <exception cref="ArgumentException">The length is another.</exception>
    public static BlockKey FromBytes(ReadOnlySpan<byte> bytes) => new(BlobId.FromDigest(DigestFunction.Blake2b, bytes));

    /// <summary>Writes the 32 bytes.</summary>
    /// <param name="destination">At least <see cref="Length"/> long.</param>
    /// <exception cref="InvalidOperationException">This is <c>default(BlockKey)</c>, which is no key.</exception>
    public void CopyTo(Span<byte> destination)
    {
        if (!digest.IsValid)
        {
            throw new InvalidOperationException("default(BlockKey) is no key");
        }

        digest.CopyDigestTo(destination);
    }

    /// <inheritdoc/>
    public bool Equals(BlockKey other) => digest == other.digest;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is BlockKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => digest.GetHashCode();

    /// <summary>Not the key itself: logs are read by people who may not read the block.</summary>
    public override string ToString() => "(block key)";

    /// <summary>Whether two keys are the same.</summary>
    public static bool operator ==(BlockKey left, BlockKey right) => left.Equals(right);

    /// <summary>Whether two keys differ.</summary>
    public static bool operator !=(BlockKey left, BlockKey right) => !left.Equals(right);
}
