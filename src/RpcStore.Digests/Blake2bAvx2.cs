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
/// The rounds are written out because the compiler then loads message words from constant places; a table of the
/// permutation costs a third of the speed.
/// </remarks>
internal static class Blake2bAvx2
{
    /// <inheritdoc cref="Blake2bScalar.Compress"/>
    [SkipLocalsInit]
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

    // AVX2 means x86, so the words of the message are little-endian in memory already.
    private static unsafe void Mix(
        ulong* m, ref Vector256<ulong> rowA, ref Vector256<ulong> rowB, ref Vector256<ulong> rowC, ref Vector256<ulong> rowD)
    {
        Vector256<ulong> a = rowA;
        Vector256<ulong> b = rowB;
        Vector256<ulong> c = rowC;
        Vector256<ulong> d = rowD;
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[0], m[2], m[4], m[6]),
            Vector256.Create(m[1], m[3], m[5], m[7]),
            Vector256.Create(m[8], m[10], m[12], m[14]),
            Vector256.Create(m[9], m[11], m[13], m[15]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[14], m[4], m[9], m[13]),
            Vector256.Create(m[10], m[8], m[15], m[6]),
            Vector256.Create(m[1], m[0], m[11], m[5]),
            Vector256.Create(m[12], m[2], m[7], m[3]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[11], m[12], m[5], m[15]),
            Vector256.Create(m[8], m[0], m[2], m[13]),
            Vector256.Create(m[10], m[3], m[7], m[9]),
            Vector256.Create(m[14], m[6], m[1], m[4]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[7], m[3], m[13], m[11]),
            Vector256.Create(m[9], m[1], m[12], m[14]),
            Vector256.Create(m[2], m[5], m[4], m[15]),
            Vector256.Create(m[6], m[10], m[0], m[8]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[9], m[5], m[2], m[10]),
            Vector256.Create(m[0], m[7], m[4], m[15]),
            Vector256.Create(m[14], m[11], m[6], m[3]),
            Vector256.Create(m[1], m[12], m[8], m[13]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[2], m[6], m[0], m[8]),
            Vector256.Create(m[12], m[10], m[11], m[3]),
            Vector256.Create(m[4], m[7], m[15], m[1]),
            Vector256.Create(m[13], m[5], m[14], m[9]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[12], m[1], m[14], m[4]),
            Vector256.Create(m[5], m[15], m[13], m[10]),
            Vector256.Create(m[0], m[6], m[9], m[8]),
            Vector256.Create(m[7], m[3], m[2], m[11]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[13], m[7], m[12], m[3]),
            Vector256.Create(m[11], m[14], m[1], m[9]),
            Vector256.Create(m[5], m[15], m[8], m[2]),
            Vector256.Create(m[0], m[4], m[6], m[10]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[6], m[14], m[11], m[0]),
            Vector256.Create(m[15], m[9], m[3], m[8]),
            Vector256.Create(m[12], m[13], m[1], m[10]),
            Vector256.Create(m[2], m[7], m[4], m[5]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[10], m[8], m[7], m[1]),
            Vector256.Create(m[2], m[4], m[6], m[5]),
            Vector256.Create(m[15], m[9], m[3], m[13]),
            Vector256.Create(m[11], m[14], m[12], m[0]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[0], m[2], m[4], m[6]),
            Vector256.Create(m[1], m[3], m[5], m[7]),
            Vector256.Create(m[8], m[10], m[12], m[14]),
            Vector256.Create(m[9], m[11], m[13], m[15]));
        Round(
            ref a, ref b, ref c, ref d,
            Vector256.Create(m[14], m[4], m[9], m[13]),
            Vector256.Create(m[10], m[8], m[15], m[6]),
            Vector256.Create(m[1], m[0], m[11], m[5]),
            Vector256.Create(m[12], m[2], m[7], m[3]));
        rowA = a;
        rowB = b;
        rowC = c;
        rowD = d;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Round(
        ref Vector256<ulong> a,
        ref Vector256<ulong> b,
        ref Vector256<ulong> c,
        ref Vector256<ulong> d,
        Vector256<ulong> columnX,
        Vector256<ulong> columnY,
        Vector256<ulong> diagonalX,
        Vector256<ulong> diagonalY)
    {
        HalfRound(ref a, ref b, ref c, ref d, columnX, columnY);
        b = Avx2.Permute4x64(b, 0b00_11_10_01);
        c = Avx2.Permute4x64(c, 0b01_00_11_10);
        d = Avx2.Permute4x64(d, 0b10_01_00_11);
        HalfRound(ref a, ref b, ref c, ref d, diagonalX, diagonalY);
        b = Avx2.Permute4x64(b, 0b10_01_00_11);
        c = Avx2.Permute4x64(c, 0b01_00_11_10);
        d = Avx2.Permute4x64(d, 0b00_11_10_01);
    }

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
        a += x + b;
        d = Avx2.Shuffle((d ^ a).AsUInt32(), 0b10_11_00_01).AsUInt64();
        c += d;
        b = Avx2.Shuffle((b ^ c).AsByte(), RotateRight24).AsUInt64();
        a += y + b;
        d = Avx2.Shuffle((d ^ a).AsByte(), RotateRight16).AsUInt64();
        c += d;
        b ^= c;
        b = (b + b) ^ (b >>> 63);
    }

    private static Vector256<byte> RotateRight24 => Vector256.Create(
        (byte)3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10, 3, 4, 5, 6, 7, 0, 1, 2, 11, 12, 13, 14, 15, 8, 9, 10);

    private static Vector256<byte> RotateRight16 => Vector256.Create(
        (byte)2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9, 2, 3, 4, 5, 6, 7, 0, 1, 10, 11, 12, 13, 14, 15, 8, 9);
}
