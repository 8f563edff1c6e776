using System.Buffers.Text;

namespace RpcStore.Core.Tar;

/// <summary>What is used of pax headers (POSIX.1-2017, "pax Extended Header"): names, size, owners, time, and that a file is sparse.</summary>
internal sealed class PaxRecords
{
    /// <summary>The name of the entry; null when the header does not say.</summary>
    public byte[]? Path { get; private set; }

    /// <summary>Its size; null when the header does not say.</summary>
    public long? Size { get; private set; }

    /// <summary>What it links to; null when the header does not say.</summary>
    public byte[]? LinkPath { get; private set; }

    /// <summary>Its owner; null when the header does not say.</summary>
    public long? Uid { get; private set; }

    /// <summary>Its group; null when the header does not say.</summary>
    public long? Gid { get; private set; }

    /// <summary>When it was modified, in whole seconds since 1970, rounded down; null when the header does not say.</summary>
    public long? ModifiedAt { get; private set; }

    /// <summary>Whether GNU wrote it as a sparse file, whose content is not the bytes of the file.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty =>
        Path is null && Size is null && LinkPath is null && Uid is null && Gid is null && ModifiedAt is null && !IsSparse;

    /// <summary>Forgets everything.</summary>
    public void Clear() =>
        (Path, Size, LinkPath, Uid, Gid, ModifiedAt, IsSparse) = (null, null, null, null, null, null, false);

    /// <summary>Reads the records of a header: <c>LENGTH KEY=VALUE LF</c>, one after another.</summary>
    /// <returns>What is malformed; null when nothing is.</returns>
    public string? Read(ReadOnlySpan<byte> records)
    {
        // What is behind the last record is padding of some writers.
        records = records.TrimEnd((byte)0);
        while (!records.IsEmpty)
        {
            if (!Utf8Parser.TryParse(records, out int length, out var digits)
                || length <= digits || length > records.Length || records[digits] != ' ' || records[length - 1] != '\n')
            {
                return "a pax record has a wrong length";
            }

            var record = records[(digits + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals <= 0)
            {
                return "a pax record has no keyword";
            }

            if (Take(record[..equals], record[(equals + 1)..]) is { } problem)
            {
                return problem;
            }

            records = records[length..];
        }

        return null;
    }

    private string? Take(ReadOnlySpan<byte> keyword, ReadOnlySpan<byte> value)
    {
        if (keyword.SequenceEqual("path"u8))
        {
            // An empty value takes back what a global header said.
            Path = value.IsEmpty ? null : value.ToArray();
        }
        else if (keyword.SequenceEqual("size"u8))
        {
            (Size, var isSize) = ReadNumber(value);
            return isSize ? null : "the pax record 'size' is no size";
        }
        else if (keyword.SequenceEqual("linkpath"u8))
        {
            LinkPath = value.IsEmpty ? null : value.ToArray();
        }
        else if (keyword.SequenceEqual("uid"u8))
        {
            (Uid, var isNumber) = ReadNumber(value);
            return isNumber ? null : "the pax record 'uid' is no number";
        }
        else if (keyword.SequenceEqual("gid"u8))
        {
            (Gid, var isNumber) = ReadNumber(value);
            return isNumber ? null : "the pax record 'gid' is no number";
        }
        else if (keyword.SequenceEqual("mtime"u8))
        {
            (ModifiedAt, var isTime) = ReadTime(value);
            return isTime ? null : "the pax record 'mtime' is no time";
        }
        else if (keyword.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
        }

        return null;
    }

    /// <summary>A number that is not below 0; null for an empty value, which takes back what a global header said.</summary>
    private static (long? Value, bool IsValid) ReadNumber(ReadOnlySpan<byte> value) => value.IsEmpty
        ? (null, true)
        : Utf8Parser.TryParse(value, out long number, out var read) && read == value.Length && number >= 0 && value[0] != '+'
            ? (number, true)
            : (null, false);

    /// <summary>Seconds with a sign and a fraction.</summary>
    private static (long? Value, bool IsValid) ReadTime(ReadOnlySpan<byte> value)
    {
        if (value.IsEmpty)
        {
            return (null, true);
        }

        var point = value.IndexOf((byte)'.');
        var whole = point < 0 ? value : value[..point];
        var fraction = point < 0 ? [] : value[(point + 1)..];
        if (!Utf8Parser.TryParse(whole, out long seconds, out var read) || read != whole.Length || whole[0] == '+'
            || fraction.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return (null, false);
        }

        // -1.5 is before -1.
        return (whole[0] == '-' && fraction.ContainsAnyExcept((byte)'0') && seconds > long.MinValue ? seconds - 1 : seconds, true);
    }
}
