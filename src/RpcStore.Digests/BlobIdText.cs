using System.Buffers;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace RpcStore.Digests;

/// <summary>The text of a <see cref="BlobId"/>: read strictly, written without allocation.</summary>
internal static class BlobIdText
{
    /// <summary>Hex digits in every id.</summary>
    public const int Digits = 2 * BlobId.DigestLength;

    /// <summary>Characters in <c>blake2b-</c>.</summary>
    public const int PrefixLength = 8;

    private static readonly SearchValues<byte> LowerHex = SearchValues.Create("0123456789abcdef"u8);

    private static ReadOnlySpan<byte> Prefix => "blake2b-"u8;

    public static bool TryDecode(ReadOnlySpan<byte> utf8, out DigestFunction function, Span<byte> digest)
    {
        function = utf8.Length switch
        {
            Digits => DigestFunction.Sha256,
            PrefixLength + Digits when utf8.StartsWith(Prefix) => DigestFunction.Blake2b,
            _ => 0,
        };
        if (function == 0)
        {
            return false;
        }

        ReadOnlySpan<byte> digits = utf8[^Digits..];

        // The decoder also takes upper case, which would give one id two texts.
        return !HasUpperCase(digits) && Convert.FromHexString(digits, digest, out _, out _) == OperationStatus.Done;
    }

    /// <summary>Bit 5 tells lower case from upper case, and is set in every decimal digit (ASCII).</summary>
    private static bool HasUpperCase(ReadOnlySpan<byte> digits)
    {
        var bit = Vector256.Create((byte)0x20);
        var both = Vector256.Create(digits) & Vector256.Create(digits[Vector256<byte>.Count..]) & bit;
        return both != bit;
    }

    public static void Encode(DigestFunction function, ReadOnlySpan<byte> digest, Span<byte> destination)
    {
        if (function == DigestFunction.Blake2b)
        {
            Prefix.CopyTo(destination);
            destination = destination[PrefixLength..];
        }

        Convert.TryToHexStringLower(digest, destination, out _);
    }

    public static void Encode(DigestFunction function, ReadOnlySpan<byte> digest, Span<char> destination)
    {
        if (function == DigestFunction.Blake2b)
        {
            "blake2b-".CopyTo(destination);
            destination = destination[PrefixLength..];
        }

        Convert.TryToHexStringLower(digest, destination, out _);
    }

    /// <summary>Turns characters into as many bytes, if all are ASCII.</summary>
    public static bool TryNarrow(ReadOnlySpan<char> text, Span<byte> utf8) =>
        Ascii.FromUtf16(text, utf8, out _) == OperationStatus.Done;

    public static string Explain(ReadOnlySpan<char> text)
    {
        byte[] utf8 = new byte[3 * Math.Min(text.Length, BlobId.MaxTextLength + 1)];
        Utf8.FromUtf16(text[..Math.Min(text.Length, BlobId.MaxTextLength + 1)], utf8, out _, out int written);
        return Explain(utf8.AsSpan(0, written));
    }

    public static string Explain(ReadOnlySpan<byte> utf8)
    {
        const string Rule = "a blob id is 64 lower-case hex digits (SHA-256), or 'blake2b-' and 64 of them";
        int start = utf8.StartsWith(Prefix) ? PrefixLength : 0;
        int wrong = utf8[start..].IndexOfAnyExcept(LowerHex);
        if (wrong >= 0)
        {
            byte found = utf8[start + wrong];
            string what = found is >= (byte)'A' and <= (byte)'F' ? "an upper-case digit" : "not a hex digit";
            return $"{Rule}: character {start + wrong + 1} is {what}";
        }

        return $"{Rule}: there are {utf8.Length - start} digits";
    }
}
