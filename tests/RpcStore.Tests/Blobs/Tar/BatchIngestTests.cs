using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using RpcStore.Core;
using RpcStore.Core.Blobs;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Blobs.TestContent;

namespace RpcStore.Tests.Blobs.Tar;

/// <summary>What spec/tar-batch.md says of batches that come in.</summary>
public sealed class BatchIngestTests : IAsyncDisposable
{
    private static readonly BatchLimits Limits = new(4 << 20, 1000, 64 << 20);

    private readonly MemoryBlobStore store = new();
    private readonly OutcomeList outcomes = new();

    public static TheoryData<TarEntryFormat> Formats => [TarEntryFormat.V7, TarEntryFormat.Ustar, TarEntryFormat.Pax, TarEntryFormat.Gnu];

    public ValueTask DisposeAsync() => store.DisposeAsync();

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task Every_format_that_the_framework_writes_is_read(TarEntryFormat format)
    {
        var contents = Enumerable.Range(0, 30).Select(seed => Bytes(seed * 37, seed)).ToArray();
        using var tar = new MemoryStream();
        await using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            foreach (var bytes in contents)
            {
                await writer.WriteEntryAsync(FrameworkEntry(format, IdOf(bytes, DigestFunction.Blake2b).ToString(), bytes));
            }
        }

        var outcome = await IngestAsync(tar.ToArray());
        Assert.Equal((30, 0, 0, contents.Sum(bytes => (long)bytes.Length)), (outcome.Stored, outcome.Existing, outcome.Failed, outcome.Bytes));
        foreach (var bytes in contents)
        {
            Assert.Equal(bytes, await store.ReadAsync(IdOf(bytes, DigestFunction.Blake2b)));
        }
    }

    [Theory]
    [InlineData("gnu", false)]
    [InlineData("ustar", false)]
    [InlineData("pax", false)]
    [InlineData("v7", false)]
    [InlineData("gnu", true)]
    public async Task Folders_that_gnu_tar_packs_are_read(string format, bool isGzip)
    {
        using var folder = new TemporaryDirectory();
        var contents = Enumerable.Range(0, 20).Select(seed => Bytes(seed * 1000, seed)).ToArray();
        foreach (var bytes in contents)
        {
            File.WriteAllBytes(folder.Combine(IdOf(bytes).ToString()), bytes);
        }

        using var target = new TemporaryDirectory();
        Tool.Run("tar", null, "-c", isGzip ? "-z" : "--no-auto-compress", "--format", format, "-C", folder.Path, "-f", target.Combine("out"), ".");
        var outcome = await IngestAsync(File.ReadAllBytes(target.Combine("out")));
        Assert.Equal((20, 0), (outcome.Stored, outcome.Failed));
        Assert.Equal(20, outcomes.Outcomes.Count);
        foreach (var bytes in contents)
        {
            Assert.Equal(bytes, await store.ReadAsync(IdOf(bytes)));
        }
    }

    [Fact]
    public async Task Each_entry_has_its_outcome_in_the_order_of_the_entries()
    {
        await store.PutAsync(Bytes(10, 1));
        var tar = new TarBuilder()
            .Blob(Bytes(20, 2))
            .Blob(Bytes(10, 1))
            .Entry("notes.txt", Bytes(9))
            .Entry(IdOf(Bytes(30, 3)).ToString(), Bytes(30, 4))
            .Blob(Bytes(20, 2))
            .Entry("./" + IdOf(Bytes(40, 5)), Bytes(40, 5))
            .Entry(IdOf(Bytes(10, 1)).ToString(), Bytes(11, 1))
            .End().ToArray();
        var outcome = await IngestAsync(tar);
        Assert.Equal(
            [BatchEntryStatus.Stored, BatchEntryStatus.Existing, BatchEntryStatus.Invalid, BatchEntryStatus.Mismatch, BatchEntryStatus.Existing, BatchEntryStatus.Stored, BatchEntryStatus.Mismatch],
            outcomes.Outcomes.Select(one => one.Status));
        Assert.Equal(Enumerable.Range(1, 7).Select(number => (long)number), outcomes.Outcomes.Select(one => one.Entry.Number));
        Assert.Equal((2, 2, 3, 60), (outcome.Stored, outcome.Existing, outcome.Failed, outcome.Bytes));
        Assert.Equal("notes.txt", outcomes.Outcomes[2].Entry.DisplayName);
        Assert.Contains(IdOf(Bytes(30, 4)).ToString(), outcomes.Outcomes[3].Reason);
        Assert.Null(outcome.Error);
    }

    [Theory]
    [InlineData('1')]
    [InlineData('2')]
    [InlineData('3')]
    [InlineData('4')]
    [InlineData('5')]
    [InlineData('6')]
    [InlineData('S')]
    [InlineData('V')]
    [InlineData('7')]
    public async Task What_is_no_ordinary_file_is_reported_and_passed_over(char type)
    {
        var hasContent = type is 'S' or 'V' or '7';
        var tar = new TarBuilder().Entry(Absent().ToString(), hasContent ? Bytes(700) : [], type).Blob(Bytes(5)).End().ToArray();
        var outcome = await IngestAsync(tar);
        Assert.Null(outcome.Error);
        Assert.Equal([BatchEntryStatus.Invalid, BatchEntryStatus.Stored], outcomes.Outcomes.Select(one => one.Status));
    }

    [Fact]
    public async Task Sparse_files_of_gnu_are_passed_over_with_their_maps()
    {
        var header = TarBuilder.Header(Absent().ToString(), "00000001000\0", 'S');
        header[482] = 1;
        var (continued, last) = (new byte[512], new byte[512]);
        continued[504] = 1;
        var tar = new TarBuilder().Raw(TarBuilder.Sign(header)).Raw(continued).Raw(last).Raw(Bytes(512))
            .Pax(TarBuilder.Record("GNU.sparse.major", "1")).Blob(Bytes(6))
            .Blob(Bytes(5)).End().ToArray();
        Assert.Null((await IngestAsync(tar)).Error);
        Assert.Equal([BatchEntryStatus.Invalid, BatchEntryStatus.Invalid, BatchEntryStatus.Stored], outcomes.Outcomes.Select(one => one.Status));
    }

    [Fact]
    public async Task Pax_headers_and_long_names_name_the_entry_that_follows()
    {
        var (a, b, c, d) = (Bytes(11), Bytes(12), Bytes(13), Bytes(14));
        var tar = new TarBuilder()
            .Pax(TarBuilder.Record("path", IdOf(a).ToString()) + TarBuilder.Record("mtime", "1.5")).Entry("x", a)
            .Pax(TarBuilder.Record("size", "12")).Entry(IdOf(b).ToString(), b, size: "00000000000\0")
            .Entry("L", Encoding.ASCII.GetBytes($"./{IdOf(c)}\0"), 'L').Entry("K", Encoding.ASCII.GetBytes("target\0"), 'K').Entry("cut", c)
            .Blob(d).End().ToArray();
        Assert.Equal(4, (await IngestAsync(tar)).Stored);
    }

    [Fact]
    public async Task A_size_may_be_base_256()
    {
        var bytes = Bytes(300);
        var tar = new TarBuilder().Entry(IdOf(bytes).ToString(), bytes, size: "\x80\0\0\0\0\0\0\0\0\0\x01\x2c").End().ToArray();
        Assert.Equal(1, (await IngestAsync(tar)).Stored);
    }

    [Fact]
    public async Task Names_that_are_no_ids_come_back_as_text_that_can_be_shown()
    {
        var name = new byte[100];
        name.AsSpan().Fill(0xff);
        var header = TarBuilder.Header("", "00000000000\0", '0');
        name.CopyTo(header, 0);
        var tar = new TarBuilder().Raw(TarBuilder.Sign(header)).Pax(TarBuilder.Record("path", new string('n', 5000))).Entry("x", []).End().ToArray();
        await IngestAsync(tar);
        Assert.Equal(new string('\ufffd', 100), outcomes.Outcomes[0].Entry.DisplayName);
        Assert.Equal(new string('n', 256), outcomes.Outcomes[1].Entry.DisplayName);
    }

    [Theory]
    [InlineData("the end", 0)]
    [InlineData("no end at all", -1024)]
    [InlineData("one block", -512)]
    [InlineData("many blocks", 10 * 512)]
    public async Task A_batch_may_end_in_zeroes_or_at_a_boundary(string what, int more)
    {
        var tar = new TarBuilder().Blob(Bytes(600)).End().ToArray();
        Array.Resize(ref tar, tar.Length + more);
        var outcome = await IngestAsync(tar);
        Assert.True(outcome is { Stored: 1, Error: null }, what);
    }

    [Fact]
    public async Task No_bytes_are_an_empty_batch() => Assert.Equal(new BatchOutcome(0, 0, 0, 0, null), await IngestAsync([]));

    [Fact]
    public async Task Bytes_behind_the_end_are_an_error() =>
        AssertMalformed(await IngestAsync(new TarBuilder().Blob(Bytes(5)).End().Blob(Bytes(6)).ToArray()), "behind the end");

    [Fact]
    public async Task An_error_keeps_the_whole_entries_before_it_and_names_the_place()
    {
        var tar = new TarBuilder().Blob(Bytes(5)).Blob(Bytes(6)).Raw(Bytes(512)).ToArray();
        var outcome = await IngestAsync(tar);
        AssertMalformed(outcome, "entry 3");
        Assert.Contains("offset 2048", outcome.Error!.Message);
        Assert.Equal(2, outcome.Stored);
        Assert.Equal(2, outcomes.Outcomes.Count);
        Assert.True(await store.HasAsync(IdOf(Bytes(6))));
    }

    public static TheoryData<string, byte[]> Malformed() => new()
    {
        { "size below zero", new TarBuilder().Entry("x", [], size: "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff").ToArray() },
        { "size beyond 63 bits", new TarBuilder().Entry("x", [], size: "\x80\x01\0\0\0\0\0\0\0\0\0\0").ToArray() },
        { "size in letters", new TarBuilder().Entry("x", [], size: "0000000000z\0").ToArray() },
        { "size below zero in octal", new TarBuilder().Entry("x", [], size: "-0000000005\0").ToArray() },
        { "pax too long", new TarBuilder().Pax(TarBuilder.Record("comment", new string('x', 64 << 10))).ToArray() },
        { "pax length that lies", new TarBuilder().Pax("99 path=x\n").ToArray() },
        { "pax length zero", new TarBuilder().Pax("0 path=x\n").ToArray() },
        { "pax length below zero", new TarBuilder().Pax("-9 path=x\n").ToArray() },
        { "pax length beyond 32 bits", new TarBuilder().Pax("99999999999 path=x\n").ToArray() },
        { "pax without newline", new TarBuilder().Pax("9 path=xy").ToArray() },
        { "pax without equals", new TarBuilder().Pax("8 pathx\n").ToArray() },
        { "pax without keyword", new TarBuilder().Pax("5 =x\n").ToArray() },
        { "pax size below zero", new TarBuilder().Pax(TarBuilder.Record("size", "-1")).ToArray() },
        { "pax size in letters", new TarBuilder().Pax(TarBuilder.Record("size", "1e3")).ToArray() },
        { "pax size beyond 63 bits", new TarBuilder().Pax(TarBuilder.Record("size", "9223372036854775808")).ToArray() },
        { "pax header without entry", new TarBuilder().Pax(TarBuilder.Record("path", "x")).End().ToArray() },
        { "long name too long", new TarBuilder().Entry("L", new byte[4097], 'L').ToArray() },
        { "huge size without content", new TarBuilder().Entry("x", [], size: "77777777777\0").ToArray() },
        { "huge pax size without content", new TarBuilder().Pax(TarBuilder.Record("size", "9223372036854775807")).Entry("x", []).ToArray() },
        { "no tar at all", Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{\"ids\":[]} ", 100))) },
        { "too short for a header", Bytes(100) },
        { "gzip of nonsense", [0x1f, 0x8b, .. Bytes(500)] },
        { "gzip of nothing", [0x1f, 0x8b] },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public async Task What_is_no_tar_ends_the_batch_and_keeps_what_came_before(string what, byte[] tail)
    {
        var isGzip = what.StartsWith("gzip", StringComparison.Ordinal);
        byte[] tar = isGzip ? tail : [.. new TarBuilder().Blob(Bytes(5)).ToArray(), .. tail];
        var outcome = await IngestAsync(tar);
        Assert.True(outcome.Error?.Fault == Fault.Invalid, $"{what}: {outcome.Error?.Message}");
        Assert.Equal(isGzip ? 0 : 1, outcome.Stored);
    }

    [Fact]
    public async Task A_batch_that_is_cut_anywhere_keeps_whole_entries_only_and_is_an_error_inside_one()
    {
        var contents = new[] { Bytes(5), Bytes(600), [], Bytes(512) };
        var builder = new TarBuilder();
        var ends = new List<int>();
        foreach (var bytes in contents)
        {
            ends.Add(builder.Blob(bytes).ToArray().Length - (-bytes.Length & 511));
        }

        var tar = builder.End().ToArray();
        for (var length = 0; length < tar.Length; length++)
        {
            await using var fresh = new MemoryBlobStore();
            var outcome = await new BatchIngest(fresh, Limits).RunAsync(new MemoryStream(tar[..length]), new OutcomeList(), static (_, _) => { }, default);
            Assert.Equal(ends.Count(end => end <= length), outcome.Stored);
            foreach (var info in await fresh.ListAsync())
            {
                Assert.Equal(info.Id, IdOf((await fresh.ReadAsync(info.Id))!));
            }

            var isInsidePadding = ends.Any(end => end <= length && length < ((end + 511) & ~511));
            var isBoundary = length % 512 == 0 && (length == 0 || length >= tar.Length - 1024 || ends.Any(end => ((end + 511) & ~511) == length));
            Assert.Equal(!isInsidePadding && !isBoundary, outcome.Error is not null);
        }
    }

    [Fact]
    public async Task A_packed_batch_that_is_cut_anywhere_is_an_error()
    {
        var packed = Gzip(new TarBuilder().Blob(Bytes(5)).Blob(Bytes(600)).End().ToArray());
        for (var length = 2; length < packed.Length; length++)
        {
            var outcome = await IngestAsync(packed[..length]);
            Assert.True(outcome.Error?.Fault == Fault.Invalid, $"cut at {length} of {packed.Length}");
        }
    }

    [Fact]
    public async Task A_packed_batch_that_is_changed_anywhere_never_stores_wrong_bytes()
    {
        var packed = Gzip(new TarBuilder().Blob(Bytes(5)).Blob(Bytes(600)).End().ToArray());
        for (var place = 2; place < packed.Length; place++)
        {
            var changed = packed.ToArray();
            changed[place] ^= 0x10;
            await AssertSaneAsync(changed);
        }
    }

    [Fact]
    public async Task Any_change_of_a_header_is_noticed_or_does_no_harm()
    {
        var tar = new TarBuilder().Blob(Bytes(5)).Pax(TarBuilder.Record("path", IdOf(Bytes(70)).ToString())).Entry("x", Bytes(70)).End().ToArray();
        var random = new Random(512);
        for (var place = 0; place < 4 * 512; place++)
        {
            var changed = tar.ToArray();
            changed[place] = (byte)random.Next(256);
            if (place % 2 == 0)
            {
                // With a checksum that fits, so that the fields themselves are what is read.
                TarBuilder.Sign(changed[(place / 512 * 512)..((place / 512 * 512) + 512)]).CopyTo(changed, place / 512 * 512);
            }

            await AssertSaneAsync(changed);
        }
    }

    [Fact]
    public async Task Several_gzip_members_are_one_batch()
    {
        var tar = new TarBuilder().Blob(Bytes(5)).Blob(Bytes(600)).End().ToArray();
        Assert.Equal(2, (await IngestAsync([.. Gzip(tar[..700]), .. Gzip(tar[700..])])).Stored);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Limits_end_the_batch_by_name(bool isGzip)
    {
        var many = new TarBuilder();
        for (var i = 0; i < 1001; i++)
        {
            many.Blob(BitConverter.GetBytes(i));
        }

        var entries = await IngestAsync(isGzip ? Gzip(many.End().ToArray()) : many.End().ToArray());
        Assert.Equal((Fault.TooLarge, "maxBatchEntries"), (entries.Error!.Fault, entries.Error.Details["limit"]));
        Assert.Equal(1000, entries.Stored);

        var zeroes = new TarBuilder().Entry("zeroes", new byte[65 << 20]).ToArray();
        var bytes = await IngestAsync(isGzip ? Gzip(zeroes) : zeroes);
        Assert.Equal((Fault.TooLarge, "maxBatchBytes"), (bytes.Error!.Fault, bytes.Error.Details["limit"]));
    }

    [Fact]
    public async Task A_blob_over_the_limit_is_invalid_and_the_batch_goes_on()
    {
        var large = Bytes((4 << 20) + 1);
        var outcome = await IngestAsync(new TarBuilder().Blob(large).Blob(Bytes(5)).End().ToArray());
        Assert.Equal((1, 1), (outcome.Stored, outcome.Failed));
        Assert.Contains("maxBlobBytes", outcomes.Outcomes[0].Reason);
    }

    [Fact]
    public async Task A_broken_connection_keeps_the_whole_entries()
    {
        var tar = new TarBuilder().Blob(Bytes(5)).Blob(Bytes(60_000)).End().ToArray();
        var input = new FaultyStream(tar, 1000, 30_000, () => throw new IOException("the cable"));
        await Assert.ThrowsAsync<IOException>(() => new BatchIngest(store, Limits).RunAsync(input, outcomes, static (_, _) => { }, default));
        Assert.Equal([IdOf(Bytes(5))], (await store.ListAsync()).Select(info => info.Id));
    }

    [Fact]
    public async Task A_cancelled_batch_drops_what_waits()
    {
        using var cancellation = new CancellationTokenSource();
        var tar = new TarBuilder().Blob(Bytes(5)).Blob(Bytes(60_000)).End().ToArray();
        var input = new FaultyStream(tar, 1000, 30_000, cancellation.Cancel);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new BatchIngest(store, Limits).RunAsync(input, outcomes, static (_, _) => { }, cancellation.Token));
        Assert.Empty(await store.ListAsync());
    }

    [Fact]
    public async Task A_full_disk_ends_the_batch_and_says_so()
    {
        await using var small = new MemoryBlobStore(maxBytes: 1000);
        var tar = new TarBuilder().Blob(Bytes(500)).Blob(Bytes(600)).End().ToArray();
        var outcome = await new BatchIngest(small, Limits).RunAsync(new MemoryStream(tar), outcomes, static (_, _) => { }, default);
        Assert.Equal(Fault.Full, outcome.Error?.Fault);
    }

    [Fact]
    public async Task Progress_counts_blobs_and_bytes()
    {
        var (items, bytes) = (0L, 0L);
        var tar = new TarBuilder().Blob(Bytes(5)).Entry("no", Bytes(7)).Blob(Bytes(600)).End().ToArray();
        await new BatchIngest(store, Limits).RunAsync(new MemoryStream(tar), outcomes, (i, b) => (items, bytes) = (items + i, bytes + b), default);
        Assert.Equal((2, 605), (items, bytes));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return packed.ToArray();
    }

    private static System.Formats.Tar.TarEntry FrameworkEntry(TarEntryFormat format, string name, byte[] content)
    {
        var data = content.Length > 0 ? new MemoryStream(content) : null;
        return format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(System.Formats.Tar.TarEntryType.V7RegularFile, name) { DataStream = data },
            TarEntryFormat.Ustar => new UstarTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = data },
            TarEntryFormat.Pax => new PaxTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = data },
            _ => new GnuTarEntry(System.Formats.Tar.TarEntryType.RegularFile, name) { DataStream = data },
        };
    }

    private static void AssertMalformed(BatchOutcome outcome, string message)
    {
        Assert.Equal(Fault.Invalid, outcome.Error?.Fault);
        Assert.Contains(message, outcome.Error!.Message);
    }

    private async Task<BatchOutcome> IngestAsync(byte[] tar) =>
        await new BatchIngest(store, Limits).RunAsync(new FaultyStream(tar, 4000), outcomes, static (_, _) => { }, default);

    /// <summary>Whatever comes in: it ends, with an error of the right kind or none, and what is stored is right.</summary>
    private static async Task AssertSaneAsync(byte[] tar)
    {
        await using var fresh = new MemoryBlobStore();
        var outcome = await new BatchIngest(fresh, Limits).RunAsync(new MemoryStream(tar), new OutcomeList(), static (_, _) => { }, default);
        Assert.True(outcome.Error is null or { Fault: Fault.Invalid or Fault.TooLarge });
        foreach (var info in await fresh.ListAsync())
        {
            Assert.Equal(info.Id, BlobId.Compute(info.Id.Function, (await fresh.ReadAsync(info.Id))!));
        }
    }
}
