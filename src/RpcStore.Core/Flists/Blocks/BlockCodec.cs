using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using IronSnappy;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Blocks;

/// <summary>
/// Turns pieces of files into blobs and back, byte for byte as rfs does (spec/flist.md, section 2): snappy, then AES-256-GCM
/// with the digest of the plain bytes as key. Safe to use from any thread.
/// </summary>
public static class BlockCodec
{
    /// <summary>Bytes of every block of a file but the last. rfs computes with this number when it mounts.</summary>
    public const int BlockBytes = 512 << 10;

    /// <summary>The longest blob that a block can be: snappy's worst case (32 + n + n/6), and the tag.</summary>
    public const int MaxBlobBytes = 32 + BlockBytes + (BlockBytes / 6) + TagBytes;

    private const int TagBytes = 16;
    private const int NonceBytes = 12;

    /// <summary>How many blocks a file of this size has.</summary>
    /// <param name="size">Bytes; not below 0.</param>
    public static long CountOf(long size) => (size / BlockBytes) + (size % BlockBytes == 0 ? 0 : 1);

    /// <summary>How many bytes a block of a file has.</summary>
    /// <param name="size">Bytes of the file.</param>
    /// <param name="index">The block's place, from 0.</param>
    public static int LengthOf(long size, long index) => (int)Math.Min(BlockBytes, size - (index * BlockBytes));

    /// <summary>Encodes a block. The same bytes always give the same blob, whoever encodes them.</summary>
    /// <param name="plain">1 to <see cref="BlockBytes"/> bytes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many.</exception>
    public static EncodedBlock Encode(ReadOnlySpan<byte> plain)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(MaxBlobBytes);
        try
        {
            var block = Encode(plain, buffer, out var length);
            return new EncodedBlock(block, buffer.AsSpan(0, length).ToArray());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Encodes a block into memory that is there already. The same bytes always give the same blob.</summary>
    /// <param name="plain">1 to <see cref="BlockBytes"/> bytes.</param>
    /// <param name="destination">Takes the blob; <see cref="MaxBlobBytes"/> suffice.</param>
    /// <param name="length">Bytes of the blob.</param>
    /// <returns>Its id and its key.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or too many, or the destination is too short.</exception>
    public static FlistBlock Encode(ReadOnlySpan<byte> plain, Span<byte> destination, out int length)
    {
        ArgumentOutOfRangeException.ThrowIfZero(plain.Length, nameof(plain));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(plain.Length, BlockBytes, nameof(plain));
        var key = BlockKey.Of(plain);
        var packed = Snappy.Encode(plain);
        length = packed.Length + TagBytes;
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, length, nameof(destination));
        Span<byte> secret = stackalloc byte[BlockKey.Length];
        key.CopyTo(secret);
        using var cipher = new AesGcm(secret, TagBytes);
        cipher.Encrypt(secret[..NonceBytes], packed, destination[..packed.Length], destination[packed.Length..length]);
        return new FlistBlock(BlobId.Compute(DigestFunction.Blake2b, destination[..length]), key);
    }

    /// <summary>Decodes a block. What comes out is what went in, or an error: the tag vouches for every bit.</summary>
    /// <param name="block">What the flist says of it; the id serves to name it, its digest is not computed.</param>
    /// <param name="blob">Its bytes.</param>
    /// <param name="destination">Takes the plain bytes; a block that has more of them is an error.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Corrupt"/>: the blob is too short or too long, the key does not fit it, or what it holds is no
    /// snappy data of that length.
    /// </exception>
    public static int Decode(FlistBlock block, ReadOnlySpan<byte> blob, Span<byte> destination)
    {
        if (blob.Length is <= TagBytes or > MaxBlobBytes)
        {
            throw Corrupt(block, string.Create(CultureInfo.InvariantCulture, $"no block has {blob.Length} bytes"));
        }

        var length = blob.Length - TagBytes;
        var packed = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Decrypt(block, blob, packed.AsSpan(0, length));
            var problem = SnappyDecoder.Decode(packed.AsSpan(0, length), destination, out var written);
            return problem is null ? written : throw Corrupt(block, problem);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }

    /// <summary>Decodes a block into an array of its own; see the other overload.</summary>
    public static byte[] Decode(FlistBlock block, ReadOnlySpan<byte> blob)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            return buffer.AsSpan(0, Decode(block, blob, buffer.AsSpan(0, BlockBytes))).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The error for a block that is not what it should be.</summary>
    internal static StoreException Corrupt(FlistBlock block, string reason, Exception? inner = null) =>
        new(Fault.Corrupt, $"The block {block.Id} cannot be read: {reason}.", inner)
        {
            Details = new Dictionary<string, object> { ["id"] = block.Id.ToString(), ["reason"] = reason },
        };

    private static void Decrypt(FlistBlock block, ReadOnlySpan<byte> blob, Span<byte> packed)
    {
        Span<byte> secret = stackalloc byte[BlockKey.Length];
        block.Key.CopyTo(secret);
        using var cipher = new AesGcm(secret, TagBytes);
        try
        {
            cipher.Decrypt(secret[..NonceBytes], blob[..packed.Length], blob[packed.Length..], packed);
        }
        catch (AuthenticationTagMismatchException e)
        {
            throw Corrupt(block, "the key does not fit it, or its bytes were changed", e);
        }
    }
}
