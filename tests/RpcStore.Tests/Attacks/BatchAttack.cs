using System.IO.Compression;
using System.Text;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Digests;
using RpcStore.Tests.Blobs;
using RpcStore.Tests.Blobs.Tar;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Attacks;

/// <summary>A tar batch with all that the format has, damaged, in pieces of any size.</summary>
internal static class BatchAttack
{
    private const int MaxEntries = 12;
    private const int MaxBatchBytes = 300_000;
    private static readonly BatchLimits Limits = new(20_000, MaxEntries, MaxBatchBytes);

    // The errors that spec/errors.md has for the bytes of a batch: invalidParams and tooLarge.
    private static readonly Fault[] Documented = [Fault.Invalid, Fault.TooLarge];

    public static async Task RunAsync(Random random, bool isGzip)
    {
        // What is damaged before it is packed reaches the tar reader; what is damaged after, the unpacker.
        var tar = MakeTar(random);
        var input = isGzip
            ? Damage.Do(Pack(random.Next(2) == 0 ? tar : Change(tar, random), random), random, "\x1f\x8b\0\x08"u8)
            : Change(tar, random);
        await using var store = new MemoryBlobStore();
        var told = new OutcomeList();
        using var stream = new FaultyStream(input, random.Next(1, 5000));
        var outcome = await new BatchIngest(store, Limits).RunAsync(stream, told, static (_, _) => { }, default);

        Assert.True(outcome.Error is not { } error || Documented.Contains(error.Fault), $"{outcome.Error}");
        Assert.Equal(told.Outcomes.Count, outcome.Stored + outcome.Existing + outcome.Failed);
        Assert.InRange(told.Outcomes.Count, 0, MaxEntries);
        Assert.InRange(outcome.Bytes, 0, MaxBatchBytes);
        foreach (var entry in told.Outcomes.Where(one => one.Status is BatchEntryStatus.Stored or BatchEntryStatus.Existing))
        {
            Assert.Equal(entry.Entry.Id, IdOf((await store.ReadAsync(entry.Entry.Id))!, entry.Entry.Id.Function));
        }

        Assert.Equal(outcome.Stored, (await store.GetUsageAsync(default)).Blobs);
    }

    private static byte[] MakeTar(Random random)
    {
        var tar = new TarBuilder();
        for (var entries = random.Next(1, 10); entries > 0; entries--)
        {
            var content = Bytes(random.Next(4) == 0 ? random.Next(25_000) : random.Next(600), random.Next());
            var function = random.Next(2) == 0 ? DigestFunction.Sha256 : DigestFunction.Blake2b;
            var name = IdOf(content, function).ToString();
            switch (random.Next(9))
            {
                case 0:
                    tar.Pax(TarBuilder.Record("path", name) + TarBuilder.Record("size", $"{content.Length}")).Entry("x", content, size: "00000000000\0");
                    break;
                case 1:
                    tar.Pax(RandomRecords(random), random.Next(2) == 0 ? 'x' : 'g').Entry(name, content);
                    break;
                case 2:
                    tar.Entry("././@LongLink", Encoding.ASCII.GetBytes((random.Next(2) == 0 ? "./" : "") + name + "\0"), 'L').Entry("cut", content);
                    break;
                case 3:
                    tar.Entry(name, content, size: RandomSize(random));
                    break;
                case 4:
                    tar.Entry(name, content, (char)random.Next(32, 127));
                    break;
                case 5:
                    tar.Entry("./", [], '5');
                    break;
                default:
                    tar.Entry(name, content);
                    break;
            }
        }

        return random.Next(8) == 0 ? tar.ToArray() : tar.End().ToArray();
    }

    private static string RandomRecords(Random random)
    {
        string[] keys = ["path", "size", "mtime", "GNU.sparse.major", "comment", "", "linkpath", "hdrcharset"];
        string[] values = ["", "0", "-1", "18446744073709551616", "9223372036854775807", "é\n=", new string('x', 5000), "12 path=y\n"];
        var records = new StringBuilder();
        for (var count = random.Next(4); count > 0; count--)
        {
            var record = TarBuilder.Record(random.GetItems(keys, 1)[0], random.GetItems(values, 1)[0]);
            records.Append(random.Next(5) == 0 ? random.Next(0, 100_000) + record : record);
        }

        return records.ToString();
    }

    /// <summary>The field of the size: octal, base-256 (GNU), and what is neither.</summary>
    private static string RandomSize(Random random)
    {
        string[] sizes =
        [
            "77777777777\0", "00000000000\0", "\u0080\0\0\0\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "\u0080\0\0\0\0\0\0\0\0\0\u0001\0",
            new string('\u00ff', 12), "            ", "-0000000001\0", "000000012x4\0", "9\0         ",
        ];
        return random.GetItems(sizes, 1)[0];
    }

    /// <summary>Damages blocks; most headers get a right checksum again, or nothing behind it would ever be reached.</summary>
    private static byte[] Change(byte[] tar, Random random)
    {
        var changed = Damage.Do(tar, random, "0123456789 \0x=\n"u8);
        for (var block = 0; block + 512 <= changed.Length; block += 512)
        {
            if (random.Next(4) > 0 && changed.AsSpan(block + 257, 5).SequenceEqual("ustar"u8))
            {
                TarBuilder.Sign(changed[block..(block + 512)]).CopyTo(changed, block);
            }
        }

        return changed;
    }

    private static byte[] Pack(byte[] tar, Random random)
    {
        using var packed = new MemoryStream();
        var cut = random.Next(tar.Length + 1);
        foreach (var part in (byte[][])[tar[..cut], tar[cut..]])
        {
            // Several members in a row are one stream.
            using var member = new GZipStream(packed, random.Next(2) == 0 ? CompressionLevel.Fastest : CompressionLevel.NoCompression, leaveOpen: true);
            member.Write(part);
        }

        return packed.ToArray();
    }
}
