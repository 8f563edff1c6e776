using System.Globalization;
using System.Text;
using RpcStore.Core.Tar;

namespace RpcStore.Core.Flists.Archives;

/// <summary>
/// Writes the head of an entry: a ustar header, and before it a pax header where ustar cannot say something. The same inode
/// always gives the same bytes.
/// </summary>
internal static class ArchiveHeader
{
    private const int MaxNameBytes = 100;
    private const long MaxOctal7 = (1 << 21) - 1;
    private const long MaxOctal11 = (1L << 33) - 1;

    /// <summary>Makes the head.</summary>
    /// <param name="name">The path without a slash before it; of a directory with one behind it.</param>
    /// <param name="attributes">The rest.</param>
    /// <param name="target">Of a symbolic link.</param>
    public static byte[] Make(string name, FlistAttributes attributes, byte[] target)
    {
        var nameBytes = Encoding.UTF8.GetBytes(name);
        var size = attributes.Kind == FlistKind.File ? attributes.Size : 0;
        var records = Records(nameBytes, attributes, size, target);
        var head = new byte[(records.Length == 0 ? 0 : TarHeader.BlockBytes + records.Length + TarHeader.PaddingOf(records.Length))
            + TarHeader.BlockBytes];
        if (records.Length > 0)
        {
            TarHeader.Write(head, "pax"u8, records.Length, TarHeader.PaxHeader);
            records.CopyTo(head.AsSpan(TarHeader.BlockBytes));
        }

        WriteHeader(head.AsSpan(head.Length - TarHeader.BlockBytes), nameBytes, attributes, size, target);
        return head;
    }

    private static void WriteHeader(Span<byte> block, byte[] name, FlistAttributes attributes, long size, byte[] target)
    {
        // What does not fit is in the pax header; readers that do not know pax get the beginning.
        TarHeader.Write(block, name.AsSpan(0, Math.Min(name.Length, MaxNameBytes)), size, TypeFlag(attributes.Kind));
        TarHeader.WriteNumber(block, TarHeader.ModeField, attributes.Permissions);
        TarHeader.WriteNumber(block, TarHeader.UidField, attributes.Uid <= MaxOctal7 ? attributes.Uid : 0);
        TarHeader.WriteNumber(block, TarHeader.GidField, attributes.Gid <= MaxOctal7 ? attributes.Gid : 0);
        TarHeader.WriteNumber(block, TarHeader.ModifiedField, attributes.ModifiedAt is >= 0 and <= MaxOctal11 ? attributes.ModifiedAt : 0);
        TarHeader.WriteLink(block, target.AsSpan(0, Math.Min(target.Length, MaxNameBytes)));
        if (attributes.Kind is FlistKind.CharacterDevice or FlistKind.BlockDevice)
        {
            TarHeader.WriteNumber(block, TarHeader.MajorField, DeviceNumbers.Major(attributes.DeviceNumber));
            TarHeader.WriteNumber(block, TarHeader.MinorField, DeviceNumbers.Minor(attributes.DeviceNumber));
        }

        TarHeader.Seal(block);
    }

    private static byte TypeFlag(FlistKind kind) => kind switch
    {
        FlistKind.File => TarHeader.RegularFile,
        FlistKind.Directory => TarHeader.Folder,
        FlistKind.SymbolicLink => TarHeader.SymbolicLink,
        FlistKind.CharacterDevice => TarHeader.CharacterDevice,
        FlistKind.BlockDevice => TarHeader.BlockDevice,
        FlistKind.Fifo => TarHeader.Fifo,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "a tar cannot hold it"),
    };

    private static byte[] Records(byte[] name, FlistAttributes attributes, long size, byte[] target)
    {
        var records = new MemoryStream();
        if (!System.Text.Unicode.Utf8.IsValid(target))
        {
            Add(records, "hdrcharset", "BINARY"u8);
        }

        if (NeedsRecord(name))
        {
            Add(records, "path", name);
        }

        if (NeedsRecord(target))
        {
            Add(records, "linkpath", target);
        }

        AddNumber(records, "size", size, size > TarHeader.MaxOctalSize);
        AddNumber(records, "uid", attributes.Uid, attributes.Uid > MaxOctal7);
        AddNumber(records, "gid", attributes.Gid, attributes.Gid > MaxOctal7);
        AddNumber(records, "mtime", attributes.ModifiedAt, attributes.ModifiedAt is < 0 or > MaxOctal11);
        return records.ToArray();
    }

    // ustar leaves open what bytes above ASCII mean; pax says UTF-8.
    private static bool NeedsRecord(byte[] name) => name.Length > MaxNameBytes || !Ascii.IsValid(name);

    private static void AddNumber(MemoryStream records, string key, long value, bool isNeeded)
    {
        if (isNeeded)
        {
            Add(records, key, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    private static void Add(MemoryStream records, string key, ReadOnlySpan<byte> value)
    {
        // The length counts its own digits: " key=value\n" and as many digits as it has.
        var rest = key.Length + value.Length + 3;
        var length = rest + 1;
        while (length != rest + Digits(length))
        {
            length = rest + Digits(length);
        }

        records.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{length} {key}=")));
        records.Write(value);
        records.WriteByte((byte)'\n');

        static int Digits(int number) => number.ToString(CultureInfo.InvariantCulture).Length;
    }
}
