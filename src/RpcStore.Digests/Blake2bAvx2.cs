using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RpcStore.Digests;

/// <summary>
/// The compression function of BLAKE2b with the four columns of the state side by side in AVX2 registers: each round mixes
/// all columns at once, turns the rows so that the diagonals stand in columns, mixes again and turns back.
/// </summary>
/// <remarks>
/// Neither method may be inlined: a caller that takes both in exhausts the compiler's budget, which then leaves calls in the
/// rounds, at a sixth of the speed.
/// </remarks>
internal static class Blake2bAvx2
{
    /// <inheritdoc cref="Blake2bScalar.Compress"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static unsafe void Compress(Span<ulong> state, ReadOnlySpan<byte> blocks, ref UInt128 count, ulong advance, bool last)
    {
        ref ulong words = ref MemoryMarshal.GetReference(state);
        Vector256<ulong> low = Vector256.LoadUnsafe(ref words);
        Vector256<ulong> high = Vector256.LoadUnsafe(ref words, 4);
        Vector256<ulong> iv0 = Vector256.Create(Blake2bScalar.InitializationVector);
        Vector256<ulong> iv1 = Vector256.Create(Blake2bScalar.InitializationVector[4..]);
        ulong flag = last ? ulong.MaxValue : 0;

        fixed (byte* start = blocks)
        {
            byte* end = start + blocks.Length;
            for (byte* block = start; block < end; block += Blake2b.BlockLength)
            {
                count += advance;
                Vector256<ulong> a = low;
                Vector256<ulong> b = high;
                Vector256<ulong> c = iv0;
                Vector256<ulong> d = iv1 ^ Vector256.Create((ulong)count, (ulong)(count >> 64), flag, 0);
                Mix((ulong*)block, ref a, ref b, ref c, ref d);
                low ^= a ^ c;
                high ^= b ^ d;
            }
        }

        low.StoreUnsafe(ref words);
        high.StoreUnsafe(ref words, 4);
    }

    // AVX2 means x86, so the words of the message are little-endian in memory already. Compiled well from the start: the first
    // seconds of a server that is fed at once would be spent in calls that the final code does not have.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static unsafe void Mix(
        ulong* m, ref Vector256<ulong> rowA, ref Vector256<ulong> rowB, ref Vector256<ulong> rowC, ref Vector256<ulong> rowD)
    {
        Vector256<ulong> a = rowA;
        Vector256<ulong> b = rowB;
        Vector256<ulong> c = rowC;
        Vector256<ulong> d = rowD;
        ref byte s = ref MemoryMarshal.GetReference(Blake2bScalar.Sigma);
        for (int round = 0; round < Blake2bScalar.Rounds; round++)
        {
            HalfRound(ref a, ref b, ref c, ref d, Gather(m, ref s), Gather(m, ref Unsafe.Add(ref s, 1)));
            b = Avx2.Permute4x64(b, 0b00_11_10_01);
            c = Avx2.Permute4x64(c, 0b01_00_11_10);
            d = Avx2.Permute4x64(d, 0b10_01_00_11);
            HalfRound(ref a, ref b, ref c, ref d, Gather(m, ref Unsafe.Add(ref s, 8)), Gather(m, ref Unsafe.Add(ref s, 9)));
            b = Avx2.Permute4x64(b, 0b10_01_00_11);
            c = Avx2.Permute4x64(c, 0b01_00_11_10);
            d = Avx2.Permute4x64(d, 0b00_11_10_01);
            s = ref Unsafe.Add(ref s, 16);
        }

        rowA = a;
        rowB = b;
        rowC = c;
        rowD = d;
    }

    /// <summary>Every other word of the message that half a row of the permutation names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<ulong> Gather(ulong* m, ref byte s) =>
        Vector256.Create(m[s], m[Unsafe.Add(ref s, 2)], m[Unsafe.Add(ref s, 4)], m[Unsafe.Add(ref s, 6)]);

    /// <summary>The mixing function G of RFC 7693 section 3.1 on four columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void HalfRound(
        ref Vector256<ulong> a,
        ref Vector256<ulong> b,
        ref Vector256<ulong> c,
        ref Vector256<ulong> d,
        Vector256<ulong> x,
        Vector256<ulong> y)
    {
        a = a + x + b;
        d = Avx2.Shuffle((d ^ a).AsUInt32(), 0b10_11_00_01).AsUInt64();
        c += d;
        b = Avx2.Shuffle((b ^ c).AsByte(), RotateRight24).AsUInt64();
        a = a + y + b;
        d = Avx2.Shuffle((d ^ a).AsByte(), RotateRight16).AsUInt64();
        c += d;
        b ^= c;
        b = (b + b) ^ (b >>> 63);
    }

    private static Vector256<byte> RotateRight24
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10);
    }

    private static Vector256<byte> RotateRight16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.Create(
            (byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9);
    }
}
