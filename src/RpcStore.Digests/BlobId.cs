using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using System.Text.Json.Serialization;

namespace RpcStore.Digests;

/// <summary>
/// The id of a blob: a digest function and the 32 bytes that it gives for the blob's content. Its text is 64 lower-case hex
/// digits for SHA-256, and <c>blake2b-</c> before 64 digits for BLAKE2b-256.
/// </summary>
/// <remarks>
/// <c>default(BlobId)</c> is no id: <see cref="IsValid"/> is false, its text is empty, and it is not written as JSON.
/// Everything else that exists was parsed or computed, so a valid value needs no further check.
/// </remarks>
[JsonConverter(typeof(BlobIdJsonConverter))]
public readonly struct BlobId : IEquatable<BlobId>, IComparable<BlobId>, ISpanFormattable, IUtf8SpanFormattable
{
    /// <summary>Bytes in the digest of either function.</summary>
    public const int DigestLength = 32;

    /// <summary>Characters in the longest text of an id.</summary>
    public const int MaxTextLength = BlobIdText.PrefixLength + BlobIdText.Digits;

    // Random per process: ids come from outside, and without a secret a caller could choose ids that all fall into one
    // bucket of a hash table.
    private static readonly ulong HashSeed0 = RandomSeed();
    private static readonly ulong HashSeed1 = RandomSeed();

    // Big-endian, so that comparing the words in turn compares the digits of the text.
    private readonly ulong a;
    private readonly ulong b;
    private readonly ulong c;
    private readonly ulong d;

    private BlobId(DigestFunction function, ReadOnlySpan<byte> digest)
    {
        Function = function;
        a = BinaryPrimitives.ReadUInt64BigEndian(digest);
        b = BinaryPrimitives.ReadUInt64BigEndian(digest[8..]);
        c = BinaryPrimitives.ReadUInt64BigEndian(digest[16..]);
        d = BinaryPrimitives.ReadUInt64BigEndian(digest[24..]);
    }

    /// <summary>The SHA-256 id of no bytes.</summary>
    public static BlobId EmptySha256 { get; } = Compute(DigestFunction.Sha256, []);

    /// <summary>The BLAKE2b-256 id of no bytes.</summary>
    public static BlobId EmptyBlake2b { get; } = Compute(DigestFunction.Blake2b, []);

    /// <summary>The digest function; 0 in <c>default(BlobId)</c>.</summary>
    public DigestFunction Function { get; }

    /// <summary>Whether this is an id at all: false for <c>default(BlobId)</c> only.</summary>
    public bool IsValid => Function != 0;

    /// <summary>Whether this is the id of the blob without bytes, of either function.</summary>
    public bool IsEmptyBlob => this == EmptySha256 || this == EmptyBlake2b;

    /// <summary>Characters in the text, which are as many bytes of UTF-8: 64 or 72, and 0 for <c>default(BlobId)</c>.</summary>
    public int TextLength => Function switch
    {
        DigestFunction.Sha256 => BlobIdText.Digits,
        DigestFunction.Blake2b => MaxTextLength,
        _ => 0,
    };

    /// <summary>Makes an id of a digest that is known already.</summary>
    /// <param name="function">What made the digest.</param>
    /// <param name="digest">Exactly <see cref="DigestLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The function is unknown or the length is another.</exception>
    public static BlobId FromDigest(DigestFunction function, ReadOnlySpan<byte> digest)
    {
        if (function is not (DigestFunction.Sha256 or DigestFunction.Blake2b))
        {
            throw new ArgumentOutOfRangeException(nameof(function), function, "not a digest function");
        }

        if (digest.Length != DigestLength)
        {
            throw new ArgumentException($"a digest has {DigestLength} bytes, not {digest.Length}", nameof(digest));
        }

        return new BlobId(function, digest);
    }

    /// <summary>The id of these bytes. For bytes that come piece by piece there is <see cref="BlobHasher"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The function is unknown.</exception>
    public static BlobId Compute(DigestFunction function, ReadOnlySpan<byte> content)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        switch (function)
        {
            case DigestFunction.Sha256:
                SHA256.HashData(content, digest);
                break;
            case DigestFunction.Blake2b:
                Blake2b.HashData(content, digest);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(function), function, "not a digest function");
        }

        return new BlobId(function, digest);
    }

    /// <summary>Reads an id from the whole of a text; lower case and exact length only, so that an id has one text.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out BlobId id)
    {
        Span<byte> digest = stackalloc byte[DigestLength];
        if (!BlobIdText.TryDecode(utf8, out var function, digest))
        {
            id = default;
            return false;
        }

        id = new BlobId(function, digest);
        return true;
    }

    /// <inheritdoc cref="TryParse(ReadOnlySpan{byte}, out BlobId)"/>
    public static bool TryParse(ReadOnlySpan<char> text, out BlobId id)
    {
        Span<byte> utf8 = stackalloc byte[MaxTextLength];
        if (text.Length > MaxTextLength || !BlobIdText.TryNarrow(text, utf8))
        {
            id = default;
            return false;
        }

        return TryParse(utf8[..text.Length], out id);
    }

    /// <summary>Reads an id from the whole of a text.</summary>
    /// <exception cref="FormatException">It is no id; the message says why.</exception>
    public static BlobId Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out BlobId id) ? id : throw new FormatException(BlobIdText.Explain(text));

    /// <summary>Says for a person what keeps a text from being an id. Meaningless for a text that is one.</summary>
    /// <param name="utf8">The text; it is not repeated in the answer.</param>
    public static string Explain(ReadOnlySpan<byte> utf8) => BlobIdText.Explain(utf8);

    /// <summary>Writes the 32 bytes of the digest.</summary>
    /// <param name="destination">Takes the bytes; at least <see cref="DigestLength"/> long.</param>
    /// <exception cref="ArgumentOutOfRangeException">The destination is too short.</exception>
    public void CopyDigestTo(Span<byte> destination)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(destination.Length, DigestLength);

        // In one piece: what reads the digest next does so in pieces of 16 bytes, and would wait for smaller ones to arrive.
        Vector256.Create(Digits(a), Digits(b), Digits(c), Digits(d)).AsByte().CopyTo(destination);

        static ulong Digits(ulong word) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
    }

    /// <summary>A quarter of the digest as a big-endian number, for tables that are searched by digest.</summary>
    /// <param name="index">0 to 3.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such quarter.</exception>
    public ulong DigestWord(int index) => index switch
    {
        0 => a,
        1 => b,
        2 => c,
        3 => d,
        _ => throw new ArgumentOutOfRangeException(nameof(index), index, "not 0 to 3"),
    };

    /// <summary>Writes the text as UTF-8.</summary>
    /// <param name="destination">Takes the text.</param>
    /// <param name="written">Bytes written: <see cref="TextLength"/>, or 0 when the destination is too short.</param>
    public bool TryFormat(Span<byte> destination, out int written)
    {
        written = TextLength;
        if (destination.Length < written)
        {
            written = 0;
            return false;
        }

        if (IsValid)
        {
            Span<byte> digest = stackalloc byte[DigestLength];
            CopyDigestTo(digest);
            BlobIdText.Encode(Function, digest, destination);
        }

        return true;
    }

    /// <summary>Writes the text.</summary>
    /// <param name="destination">Takes the text.</param>
    /// <param name="written">Characters written: <see cref="TextLength"/>, or 0 when the destination is too short.</param>
    public bool TryFormat(Span<char> destination, out int written)
    {
        written = TextLength;
        if (destination.Length < written)
        {
            written = 0;
            return false;
        }

        if (IsValid)
        {
            Span<byte> digest = stackalloc byte[DigestLength];
            CopyDigestTo(digest);
            BlobIdText.Encode(Function, digest, destination);
        }

        return true;
    }

    /// <summary>Whether the text starts with another, which may end anywhere.</summary>
    /// <param name="prefix">The start; empty for any.</param>
    public bool HasPrefix(ReadOnlySpan<char> prefix)
    {
        Span<char> text = stackalloc char[MaxTextLength];
        TryFormat(text, out int length);
        return ((ReadOnlySpan<char>)text[..length]).StartsWith(prefix);
    }

    /// <summary>The text; empty for <c>default(BlobId)</c>.</summary>
    public override string ToString() => string.Create(TextLength, this, static (text, id) => id.TryFormat(text, out _));

    /// <inheritdoc/>
    public bool Equals(BlobId other) =>
        ((a ^ other.a) | (b ^ other.b) | (c ^ other.c) | (d ^ other.d)) == 0 && Function == other.Function;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is BlobId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        ulong high = Math.BigMul(a ^ HashSeed0, b ^ HashSeed1, out ulong low);
        ulong mixed = high ^ low;
        high = Math.BigMul(mixed ^ c ^ (ulong)Function, d ^ HashSeed0, out low);
        mixed = high ^ low;
        return (int)(mixed ^ (mixed >> 32));
    }

    /// <summary>The order of listings: SHA-256 before BLAKE2b, then by the digits.</summary>
    public int CompareTo(BlobId other)
    {
        if (Function != other.Function)
        {
            return Function.CompareTo(other.Function);
        }

        if (a != other.a)
        {
            return a < other.a ? -1 : 1;
        }

        if (b != other.b)
        {
            return b < other.b ? -1 : 1;
        }

        return c != other.c ? (c < other.c ? -1 : 1) : d.CompareTo(other.d);
    }

    /// <summary>Whether both are the same id.</summary>
    public static bool operator ==(BlobId left, BlobId right) => left.Equals(right);

    /// <summary>Whether the ids differ.</summary>
    public static bool operator !=(BlobId left, BlobId right) => !left.Equals(right);

    /// <summary>Whether the left id is listed before the right one.</summary>
    public static bool operator <(BlobId left, BlobId right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left id is listed after the right one.</summary>
    public static bool operator >(BlobId left, BlobId right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left id is the right one or listed before it.</summary>
    public static bool operator <=(BlobId left, BlobId right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left id is the right one or listed after it.</summary>
    public static bool operator >=(BlobId left, BlobId right) => left.CompareTo(right) >= 0;

    /// <inheritdoc/>
    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    /// <inheritdoc/>
    bool ISpanFormattable.TryFormat(Span<char> destination, out int charsWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(destination, out charsWritten);

    /// <inheritdoc/>
    bool IUtf8SpanFormattable.TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
        TryFormat(utf8Destination, out bytesWritten);

    private static ulong RandomSeed()
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }
}
