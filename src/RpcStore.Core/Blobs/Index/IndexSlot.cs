using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// One place of the index file: 48 bytes, little-endian as the machine is (spec/storage-layout.md, "The index").
/// </summary>
/// <remarks>
/// <see cref="Meta"/> is written last when a slot is filled and first when it is emptied, each with one aligned store. So a
/// process that is killed in between leaves a slot that counts as free, never one that is half there.
/// </remarks>
[StructLayout(LayoutKind.Sequential, Size = Bytes)]
internal struct IndexSlot
{
    /// <summary>The size of a slot.</summary>
    public const int Bytes = 48;

    /// <summary>A slot that was used: a search goes on behind it.</summary>
    private const ulong RemovedMark = 0xFF;

    private const int FunctionBits = 8;

    /// <summary>The largest size that a slot can hold: 56 bits.</summary>
    public const long MaxSize = (1L << (64 - FunctionBits)) - 1;

    private ulong digest0;
    private ulong digest1;
    private ulong digest2;
    private ulong digest3;
    private long storedAtTicks;
    private ulong meta;

    /// <summary>0: never used. Otherwise the size above the low eight bits, and in these the digest function or a mark.</summary>
    private readonly ulong Meta => Volatile.Read(ref Unsafe.AsRef(in meta));

    /// <summary>Never used: a search ends here.</summary>
    public readonly bool IsFree => Meta == 0;

    /// <summary>Used before, and now to be used again.</summary>
    public readonly bool IsRemoved => Meta == RemovedMark;

    /// <summary>Holds a blob.</summary>
    public readonly bool IsUsed => Meta is not (0 or RemovedMark);

    /// <summary>Bytes of the blob.</summary>
    public readonly long Size => (long)(Meta >> FunctionBits);

    /// <summary>What is known of the blob.</summary>
    public readonly BlobInfo Info
    {
        get
        {
            Span<byte> digest = stackalloc byte[BlobId.DigestLength];
            MemoryMarshal.Write(digest, in digest0);
            MemoryMarshal.Write(digest[8..], in digest1);
            MemoryMarshal.Write(digest[16..], in digest2);
            MemoryMarshal.Write(digest[24..], in digest3);
            return new BlobInfo(
                BlobId.FromDigest((DigestFunction)(byte)Meta, digest), Size, new DateTimeOffset(storedAtTicks, TimeSpan.Zero));
        }
    }

    /// <summary>Whether it holds the blob of this key.</summary>
    public readonly bool Holds(in IndexKey key) =>
        digest0 == key.Digest0 && digest1 == key.Digest1 && digest2 == key.Digest2 && digest3 == key.Digest3
        && (byte)Meta == key.Function;

    /// <summary>Fills the slot; nobody else writes meanwhile.</summary>
    public void Fill(in IndexKey key, long size, long ticks)
    {
        digest0 = key.Digest0;
        digest1 = key.Digest1;
        digest2 = key.Digest2;
        digest3 = key.Digest3;
        storedAtTicks = ticks;
        Volatile.Write(ref meta, ((ulong)size << FunctionBits) | key.Function);
    }

    /// <summary>Takes the blob out.</summary>
    public void Remove() => Volatile.Write(ref meta, RemovedMark);
}

/// <summary>A blob id as the index compares it.</summary>
internal readonly struct IndexKey
{
    public readonly ulong Digest0;
    public readonly ulong Digest1;
    public readonly ulong Digest2;
    public readonly ulong Digest3;
    public readonly byte Function;

    /// <remarks>Word by word and in place: a copy of the whole in between costs more than the search that follows.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public IndexKey(in BlobId id)
    {
        Digest0 = BinaryPrimitives.ReverseEndianness(id.DigestWord(0));
        Digest1 = BinaryPrimitives.ReverseEndianness(id.DigestWord(1));
        Digest2 = BinaryPrimitives.ReverseEndianness(id.DigestWord(2));
        Digest3 = BinaryPrimitives.ReverseEndianness(id.DigestWord(3));
        Function = (byte)id.Function;
    }

    /// <summary>
    /// Where a search begins. A digest is as good as random in every bit; the last word is used, because whoever picks
    /// blobs to share a slot has to find digests that end alike, which costs the same as finding any others.
    /// </summary>
    public ulong Hash => Digest3;
}
