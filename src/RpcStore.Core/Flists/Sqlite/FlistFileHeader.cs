using System.Buffers.Binary;
using System.Globalization;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>
/// The first hundred bytes of an SQLite file (sqlite.org/fileformat2.html#the_database_header), looked at before SQLite is let
/// near it: what is cut off or of another mode gets an error that says so.
/// </summary>
internal static class FlistFileHeader
{
    private const int HeaderBytes = 100;
    private const uint Utf8 = 1;

    /// <summary>Refuses a file that is too large, cut off, no SQLite file, or one of a kind that no flist is.</summary>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such file; <see cref="Fault.Invalid"/>; <see cref="Fault.TooLarge"/>.
    /// </exception>
    public static void Check(string path, FlistFaults faults, FlistLimits limits)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
        {
            throw new StoreException(Fault.NotFound, $"There is no file {info.Name}.");
        }

        if (info.Length > limits.MaxFlistBytes)
        {
            throw faults.TooLarge("its file is longer than allowed", "maxFlistBytes", limits.MaxFlistBytes);
        }

        Span<byte> header = stackalloc byte[HeaderBytes];
        using (var file = File.OpenHandle(path))
        {
            if (RandomAccess.Read(file, header, 0) < HeaderBytes || !header.StartsWith("SQLite format 3\0"u8))
            {
                throw faults.Invalid("it is no SQLite file");
            }
        }

        CheckHeader(header, info.Length, faults);
    }

    private static void CheckHeader(ReadOnlySpan<byte> header, long length, FlistFaults faults)
    {
        if (header[18] != 1 || header[19] != 1)
        {
            throw faults.Invalid("its journal mode is WAL, which rfs cannot use; run 'PRAGMA journal_mode=DELETE' on it");
        }

        if (BinaryPrimitives.ReadUInt32BigEndian(header[56..]) != Utf8)
        {
            throw faults.Invalid("its texts are not UTF-8; run 'PRAGMA encoding' on it to see what they are");
        }

        long pageBytes = BinaryPrimitives.ReadUInt16BigEndian(header[16..]);
        pageBytes = pageBytes == 1 ? 64 << 10 : pageBytes;

        // The number of pages counts when its witness, the change counter, agrees.
        var pages = BinaryPrimitives.ReadUInt32BigEndian(header[28..]);
        if (header.Slice(24, 4).SequenceEqual(header.Slice(92, 4)) && pages * pageBytes > length)
        {
            throw faults.Invalid(string.Create(
                CultureInfo.InvariantCulture, $"it was cut off: it has {length} of the {pages * pageBytes} bytes that its header tells"));
        }
    }
}
