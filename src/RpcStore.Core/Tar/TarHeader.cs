using System.Text;

namespace RpcStore.Core.Tar;

/// <summary>
/// The 512 bytes before an entry: ustar of POSIX.1-2017 ("ustar Interchange Format"), its forerunner, and GNU's additions.
/// </summary>
internal static class TarHeader
{
    /// <summary>The unit that everything in a tar is padded to.</summary>
    public const int BlockBytes = 512;

    /// <summary>The longest name that a header holds: prefix, slash and name.</summary>
    public const int MaxNameBytes = 155 + 1 + 100;

    /// <summary>The largest size that twelve octal digits with a closing NUL can say.</summary>
    public const long MaxOctalSize = (1L << 33) - 1;

    /// <summary>Type flag of an ordinary file.</summary>
    public const byte RegularFile = (byte)'0';

    /// <summary>Type flag of a pax header for the next entry.</summary>
    public const byte PaxHeader = (byte)'x';

    /// <summary>Type flag of a pax header for all that follow.</summary>
    public const byte PaxGlobalHeader = (byte)'g';

    /// <summary>Type flag of GNU's long name of the next entry.</summary>
    public const byte GnuLongName = (byte)'L';

    /// <summary>Type flag of GNU's long link target of the next entry.</summary>
    public const byte GnuLongLink = (byte)'K';

    /// <summary>Type flag of a folder.</summary>
    public const byte Folder = (byte)'5';

    /// <summary>Type flag of GNU's sparse files.</summary>
    public const byte GnuSparse = (byte)'S';

    /// <summary>Type flag of a hard link.</summary>
    public const byte HardLink = (byte)'1';

    /// <summary>Type flag of a symbolic link.</summary>
    public const byte SymbolicLink = (byte)'2';

    /// <summary>Type flag of a character device.</summary>
    public const byte CharacterDevice = (byte)'3';

    /// <summary>Type flag of a block device.</summary>
    public const byte BlockDevice = (byte)'4';

    /// <summary>Type flag of a FIFO.</summary>
    public const byte Fifo = (byte)'6';

    /// <summary>Type flag of a file that should lie in one piece on a disk; a file for everybody.</summary>
    public const byte ContiguousFile = (byte)'7';

    /// <summary>Permissions; some writers add the kind.</summary>
    public static readonly (int Start, int Length) ModeField = (100, 8);

    /// <summary>Number of the owner.</summary>
    public static readonly (int Start, int Length) UidField = (108, 8);

    /// <summary>Number of the group.</summary>
    public static readonly (int Start, int Length) GidField = (116, 8);

    /// <summary>Seconds since 1970.</summary>
    public static readonly (int Start, int Length) ModifiedField = (136, 12);

    /// <summary>Major part of a device's number.</summary>
    public static readonly (int Start, int Length) MajorField = (329, 8);

    /// <summary>Minor part of a device's number.</summary>
    public static readonly (int Start, int Length) MinorField = (337, 8);

    private static readonly (int Start, int Length) LinkField = (157, 100);
    private static readonly (int Start, int Length) NameField = (0, 100);
    private static readonly (int Start, int Length) SizeField = (124, 12);
    private static readonly (int Start, int Length) ChecksumField = (148, 8);
    private const int TypeFlagOffset = 156;
    private static readonly (int Start, int Length) MagicField = (257, 8);
    private static readonly (int Start, int Length) PrefixField = (345, 155);

    private static ReadOnlySpan<byte> PosixMagic => "ustar\0"u8;

    /// <summary>Whether the block is one of zeroes, as the end of a tar has.</summary>
    public static bool IsZero(ReadOnlySpan<byte> block) => !block.ContainsAnyExcept((byte)0);

    /// <summary>What kind of entry follows.</summary>
    public static byte GetTypeFlag(ReadOnlySpan<byte> block) => block[TypeFlagOffset];

    /// <summary>Whether the map of one of GNU's sparse files goes on in the next block.</summary>
    public static bool IsContinued(ReadOnlySpan<byte> block) => GetTypeFlag(block) == GnuSparse && block[482] != 0;

    /// <summary>Whether such a map goes on behind a block that it has been continued in.</summary>
    public static bool IsContinuationContinued(ReadOnlySpan<byte> block) => block[504] != 0;

    /// <summary>Whether the checksum is right: the sum of all bytes, with blanks in its own place.</summary>
    public static bool HasValidChecksum(ReadOnlySpan<byte> block)
    {
        if (!TryReadOctal(Slice(block, ChecksumField), out var expected))
        {
            return false;
        }

        return Sum(block) == expected;
    }

    /// <summary>Reads the size: octal digits, or GNU's base-256 when the first bit is set.</summary>
    /// <returns>False when it is no number, or below zero, or beyond what 63 bits hold.</returns>
    public static bool TryReadSize(ReadOnlySpan<byte> block, out long size)
    {
        return TryReadNumber(block, SizeField, out size) && size >= 0;
    }

    /// <summary>Reads a number: octal digits, or GNU's base-256 when the first bit is set.</summary>
    /// <returns>False when it is no number, or beyond what 64 bits hold.</returns>
    public static bool TryReadNumber(ReadOnlySpan<byte> block, (int Start, int Length) where, out long value)
    {
        var field = Slice(block, where);
        if ((field[0] & 0x80) == 0)
        {
            return TryReadOctal(field, out value);
        }

        // Base-256: 0x80, then a big-endian number; 0xFF begins one below zero, as two's complement.
        value = field[0] == 0xFF ? -1 : 0;
        foreach (var digit in field[1..])
        {
            if (value is > (long.MaxValue >> 8) or < (long.MinValue >> 8))
            {
                return false;
            }

            value = (value << 8) | digit;
        }

        return field[0] is 0x80 or 0xFF;
    }

    /// <summary>What a link points to, as far as the header itself says it.</summary>
    public static ReadOnlySpan<byte> ReadLink(ReadOnlySpan<byte> block) => UntilNul(Slice(block, LinkField));

    /// <summary>Writes the name into <paramref name="destination"/>: prefix, slash and name, or the name alone.</summary>
    /// <returns>Its length; at most <see cref="MaxNameBytes"/>.</returns>
    public static int ReadName(ReadOnlySpan<byte> block, Span<byte> destination)
    {
        var name = UntilNul(Slice(block, NameField));
        var prefix = Slice(block, MagicField).StartsWith(PosixMagic) ? UntilNul(Slice(block, PrefixField)) : [];
        if (prefix.IsEmpty)
        {
            name.CopyTo(destination);
            return name.Length;
        }

        prefix.CopyTo(destination);
        destination[prefix.Length] = (byte)'/';
        name.CopyTo(destination[(prefix.Length + 1)..]);
        return prefix.Length + 1 + name.Length;
    }

    /// <summary>Writes a header that is the same for the same name, size and type (spec/tar-batch.md, section 1).</summary>
    /// <param name="block">512 bytes.</param>
    /// <param name="name">At most 100 bytes.</param>
    /// <param name="size">At most <see cref="MaxOctalSize"/>; a larger one is written as 0, and a pax header says it.</param>
    /// <param name="typeFlag">What kind of entry it is.</param>
    public static void Write(Span<byte> block, ReadOnlySpan<byte> name, long size, byte typeFlag)
    {
        block[..BlockBytes].Clear();
        name.CopyTo(block);
        "0000444\0"u8.CopyTo(block[100..]);
        "0000000\0"u8.CopyTo(block[108..]);
        "0000000\0"u8.CopyTo(block[116..]);
        WriteOctal(Slice(block, SizeField), size <= MaxOctalSize ? size : 0);
        "00000000000\0"u8.CopyTo(block[136..]);
        block[TypeFlagOffset] = typeFlag;
        Seal(block);
    }

    /// <summary>Writes a number into a field; it must not be below 0 and fit in the field's octal digits.</summary>
    public static void WriteNumber(Span<byte> block, (int Start, int Length) where, long value) => WriteOctal(Slice(block, where), value);

    /// <summary>Writes what a link points to: at most 100 bytes.</summary>
    public static void WriteLink(Span<byte> block, ReadOnlySpan<byte> target) => target.CopyTo(Slice(block, LinkField));

    /// <summary>Writes magic and checksum, after everything else.</summary>
    public static void Seal(Span<byte> block)
    {
        "ustar\000"u8.CopyTo(block[MagicField.Start..]);
        var checksum = Slice(block, ChecksumField);
        WriteOctal(checksum[..7], Sum(block));
        checksum[7] = (byte)' ';
    }

    /// <summary>Bytes that pad content of this size to whole blocks.</summary>
    public static int PaddingOf(long size) => (int)(-size & (BlockBytes - 1));

    /// <summary>A name as text for a person: what is not UTF-8 becomes U+FFFD, and a long one is cut.</summary>
    public static string ToText(ReadOnlySpan<byte> name)
    {
        const int MaxCharacters = 256;
        var text = Encoding.UTF8.GetString(name);
        return text.Length <= MaxCharacters ? text : text[..MaxCharacters];
    }

    private static bool TryReadOctal(ReadOnlySpan<byte> field, out long value)
    {
        value = 0;
        var digits = field.Trim((byte)' ');
        digits = UntilNul(digits).TrimEnd((byte)' ');
        if (digits.IsEmpty)
        {
            // Some writers leave the fields that they do not use empty.
            return true;
        }

        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7')
            {
                return false;
            }

            value = (value << 3) | (uint)(digit - '0');
        }

        return true;
    }

    private static void WriteOctal(Span<byte> field, long value)
    {
        field[^1] = 0;
        for (var i = field.Length - 2; i >= 0; i--)
        {
            field[i] = (byte)('0' + (value & 7));
            value >>= 3;
        }
    }

    private static long Sum(ReadOnlySpan<byte> block)
    {
        long sum = 0;
        for (var i = 0; i < BlockBytes; i++)
        {
            sum += block[i];
        }

        foreach (var b in Slice(block, ChecksumField))
        {
            sum += ' ' - b;
        }

        return sum;
    }

    private static ReadOnlySpan<byte> UntilNul(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return end < 0 ? field : field[..end];
    }

    private static ReadOnlySpan<byte> Slice(ReadOnlySpan<byte> block, (int Start, int Length) field) =>
        block.Slice(field.Start, field.Length);

    private static Span<byte> Slice(Span<byte> block, (int Start, int Length) field) => block.Slice(field.Start, field.Length);
}
