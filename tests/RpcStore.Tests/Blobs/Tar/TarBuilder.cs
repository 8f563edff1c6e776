using System.Globalization;
using System.Text;
using RpcStore.Core.Blobs.Tar;

namespace RpcStore.Tests.Blobs.Tar;

/// <summary>Tars byte by byte, right and wrong ones.</summary>
internal sealed class TarBuilder
{
    private readonly MemoryStream bytes = new();

    public TarBuilder Entry(string name, byte[] content, char type = '0', string? size = null)
    {
        bytes.Write(Header(name, size ?? Convert.ToString(content.Length, 8).PadLeft(11, '0') + "\0", type));
        return Content(content);
    }

    public TarBuilder Blob(byte[] content) => Entry(TestContent.IdOf(content).ToString(), content);

    public TarBuilder Pax(string records, char type = 'x') => Entry("pax", Encoding.UTF8.GetBytes(records), type);

    /// <summary>A pax record with the length that it has.</summary>
    public static string Record(string key, string value)
    {
        var length = key.Length + Encoding.UTF8.GetByteCount(value) + 3;
        var total = length + length.ToString(CultureInfo.InvariantCulture).Length;
        total = length + total.ToString(CultureInfo.InvariantCulture).Length;
        return $"{total} {key}={value}\n";
    }

    public TarBuilder Raw(params byte[] raw)
    {
        bytes.Write(raw);
        return this;
    }

    public TarBuilder Content(byte[] content)
    {
        bytes.Write(content);
        bytes.Write(new byte[-content.Length & 511]);
        return this;
    }

    public TarBuilder End() => Raw(new byte[1024]);

    public byte[] ToArray() => bytes.ToArray();

    public static byte[] Header(string name, string size, char type)
    {
        var header = new byte[512];
        Encoding.UTF8.GetBytes(name, header);
        Encoding.ASCII.GetBytes("0000644\0000000000\0000000000\0", header.AsSpan(100));
        Encoding.Latin1.GetBytes(size, header.AsSpan(124));
        Encoding.ASCII.GetBytes("00000000000\0", header.AsSpan(136));
        header[156] = (byte)type;
        Encoding.ASCII.GetBytes("ustar\000", header.AsSpan(257));
        return Sign(header);
    }

    /// <summary>Gives a header the checksum that it should have.</summary>
    public static byte[] Sign(byte[] header)
    {
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(b => b), 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148));
        return header;
    }
}

/// <summary>Keeps what a batch was told to have become of its entries.</summary>
internal sealed class OutcomeList : IBatchOutcomeSink
{
    public List<BatchEntryOutcome> Outcomes { get; } = [];

    public int Calls { get; private set; }

    public ValueTask WriteAsync(ReadOnlyMemory<BatchEntryOutcome> outcomes, CancellationToken cancellationToken)
    {
        Outcomes.AddRange(outcomes.Span);
        Calls++;
        return ValueTask.CompletedTask;
    }
}
