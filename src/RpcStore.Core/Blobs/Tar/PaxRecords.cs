using System.Buffers.Text;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>What a batch uses of pax headers (POSIX.1-2017, "pax Extended Header"): path, size, and that a file is sparse.</summary>
internal sealed class PaxRecords
{
    /// <summary>The name of the entry; null when the header does not say.</summary>
    public byte[]? Path { get; private set; }

    /// <summary>Its size; null when the header does not say.</summary>
    public long? Size { get; private set; }

    /// <summary>Whether GNU wrote it as a sparse file, whose content is not the bytes of the file.</summary>
    public bool IsSparse { get; private set; }

    /// <summary>Whether nothing is said.</summary>
    public bool IsEmpty => Path is null && Size is null && !IsSparse;

    /// <summary>Forgets everything.</summary>
    public void Clear() => (Path, Size, IsSparse) = (null, null, false);

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
            if (value.IsEmpty)
            {
                Size = null;
            }
            else if (Utf8Parser.TryParse(value, out long size, out var read) && read == value.Length && size >= 0 && value[0] != '+')
            {
                Size = size;
            }
            else
            {
                return "the pax record 'size' is no size";
            }
        }
        else if (keyword.StartsWith("GNU.sparse."u8))
        {
            IsSparse = true;
        }

        return null;
    }
}
