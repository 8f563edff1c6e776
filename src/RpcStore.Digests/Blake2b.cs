using System.Buffers.Binary;
using System.Runtime.Intrinsics.X86;

namespace RpcStore.Digests;

/// <summary>
/// BLAKE2b (RFC 7693) with 1 to 64 bytes of output, with or without a key. The framework has none. For one caller at a
/// time; uses AVX2 where the processor has it.
/// </summary>
public sealed class Blake2b
{
    /// <summary>Bytes of the longest output and of the longest key.</summary>
    public const int MaxLength = 64;

    internal const int BlockLength = 128;
    internal const int StateWords = 8;

    [ThreadStatic]
    private static Blake2b? spare;

    private readonly ulong[] state = new ulong[StateWords];
    private readonly byte[] block = new byte[BlockLength];
    private readonly byte[] key;
    private readonly int outputLength;
    private readonly bool vectors;
    private int buffered;
    private UInt128 count;

    /// <summary>Begins a digest.</summary>
    /// <param name="outputLength">Bytes of output, 1 to <see cref="MaxLength"/>. Digests of different lengths share nothing.</param>
    /// <param name="key">0 to <see cref="MaxLength"/> bytes; with a key the digest is a message authentication code.</param>
    /// <exception cref="ArgumentOutOfRangeException">A length is outside its range.</exception>
    public Blake2b(int outputLength, ReadOnlySpan<byte> key = default)
        : this(outputLength, key, Avx2.IsSupported)
    {
    }

    /// <summary>Begins a digest with a chosen implementation, so that tests can compare the two.</summary>
    internal Blake2b(int outputLength, ReadOnlySpan<byte> key, bool vectors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(outputLength, MaxLength);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, MaxLength, nameof(key));
        this.outputLength = outputLength;
        this.key = key.ToArray();
        this.vectors = vectors;
        Reset();
    }

    /// <summary>The digest of these bytes, without a key.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="destination">Takes the digest; its length, 1 to <see cref="MaxLength"/>, is the length of the digest.</param>
    public static void HashData(ReadOnlySpan<byte> content, Span<byte> destination)
    {
        // Reused, because most blobs are small beside the cost of a state of their own.
        Blake2b? hash = spare;
        if (hash is null || hash.outputLength != destination.Length)
        {
            spare = hash = new Blake2b(destination.Length);
        }

        hash.Append(content);
        hash.GetHashAndReset(destination);
    }

    /// <summary>Takes the next bytes.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        // The last block is compressed with a flag of its own, so a full block waits until more is known to follow.
        int room = BlockLength - buffered;
        if (bytes.Length > room)
        {
            bytes[..room].CopyTo(block.AsSpan(buffered));
            bytes = bytes[room..];
            CompressBlocks(block, BlockLength, last: false);
            buffered = 0;

            int whole = (bytes.Length - 1) / BlockLength * BlockLength;
            if (whole > 0)
            {
                CompressBlocks(bytes[..whole], BlockLength, last: false);
                bytes = bytes[whole..];
            }
        }

        bytes.CopyTo(block.AsSpan(buffered));
        buffered += bytes.Length;
    }

    /// <summary>Writes the digest of all bytes so far, then starts anew with the same key and length.</summary>
    /// <param name="destination">Takes the digest; exactly as long as it.</param>
    /// <exception cref="ArgumentException">The destination has another length than the digest.</exception>
    public void GetHashAndReset(Span<byte> destination)
    {
        if (destination.Length != outputLength)
        {
            throw new ArgumentException($"the digest has {outputLength} bytes, not {destination.Length}", nameof(destination));
        }

        block.AsSpan(buffered).Clear();
        count += (ulong)buffered;
        CompressBlocks(block, advance: 0, last: true);

        Span<byte> output = stackalloc byte[MaxLength];
        for (int i = 0; i < StateWords; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(output[(8 * i)..], state[i]);
        }

        output[..destination.Length].CopyTo(destination);
        Reset();
    }

    private void Reset()
    {
        Blake2bScalar.InitializationVector.CopyTo(state);
        state[0] ^= 0x01010000u ^ ((uint)key.Length << 8) ^ (uint)outputLength;
        count = 0;
        buffered = 0;
        if (key.Length > 0)
        {
            block.AsSpan().Clear();
            key.CopyTo(block.AsSpan());
            buffered = BlockLength;
        }
    }

    /// <summary>Compresses whole blocks; the counter grows by <paramref name="advance"/> before each.</summary>
    private void CompressBlocks(ReadOnlySpan<byte> blocks, int advance, bool last)
    {
        if (vectors)
        {
            Blake2bAvx2.Compress(state, blocks, ref count, (ulong)advance, last);
        }
        else
        {
            Blake2bScalar.Compress(state, blocks, ref count, (ulong)advance, last);
        }
    }
}
