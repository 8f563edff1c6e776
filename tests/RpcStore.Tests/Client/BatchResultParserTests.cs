using System.Text;
using RpcStore.Core;
using RpcStore.Client.Bulk;
using RpcStore.Contract;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>The result of a batch, read from bytes as they come.</summary>
public sealed class BatchResultParserTests
{
    private const string Result =
        """
        {"stored":1,"existing":1,"failed":1,"bytes":5,"unknown":{"a":[1,{"results":[]}]},"results":[
          {"id":"2cf24d","size":5,"status":"stored"},
          {"id":"e3b0c4","size":0,"status":"existing"},
          {"id":"notes \"x\" ü.txt","size":9,"status":"invalid","reason":"the name is not a blob id"}]}

        """;

    [Fact]
    public void Entries_come_in_order_with_all_that_is_said_of_them()
    {
        var entries = Parse(Encoding.UTF8.GetBytes(Result), int.MaxValue, out _);
        Assert.Equal(["2cf24d", "e3b0c4", "notes \"x\" ü.txt"], entries.Select(entry => entry.Id));
        Assert.Equal([5L, 0, 9], entries.Select(entry => entry.Size));
        Assert.Equal([BatchEntryStatus.Stored, BatchEntryStatus.Existing, BatchEntryStatus.Invalid], entries.Select(entry => entry.Status));
        Assert.Equal("the name is not a blob id", entries[2].Reason);
    }

    [Fact]
    public void Where_the_bytes_are_cut_makes_no_difference()
    {
        var bytes = Encoding.UTF8.GetBytes(Result);
        var whole = Parse(bytes, int.MaxValue, out _);
        for (var first = 1; first < bytes.Length; first++)
        {
            Assert.Equal(whole, ParseInTwo(bytes, first));
        }

        for (var size = 1; size < 20; size++)
        {
            Assert.Equal(whole, Parse(bytes, size, out _));
        }
    }

    [Fact]
    public void An_error_that_ended_the_batch_is_told_beside_the_results()
    {
        const string Broken =
            """{"results":[{"id":"a","size":1,"status":"stored"}],"error":{"code":507,"message":"the disk is full","data":{"name":"insufficientStorage"}},"stored":1}""";
        for (var size = 1; size < 40; size++)
        {
            var entries = Parse(Encoding.UTF8.GetBytes(Broken), size, out var parser);
            Assert.Single(entries);
            Assert.Equal(507, parser.Error!.Code);
            Assert.Equal("the disk is full", parser.Error.Message);
            Assert.Equal("insufficientStorage", (string?)parser.Error.Data!["name"]);
        }
    }

    [Fact]
    public void An_answer_that_is_an_error_and_nothing_else_is_understood()
    {
        var entries = Parse("""{"error":{"code":404,"message":"no such transfer"}}"""u8, int.MaxValue, out var parser);
        Assert.Empty(entries);
        Assert.Equal(404, parser.Error!.Code);
    }

    [Fact]
    public void An_answer_that_ends_early_is_an_error_wherever_it_ends()
    {
        var bytes = Encoding.UTF8.GetBytes(Result.TrimEnd());
        for (var length = 0; length < bytes.Length; length++)
        {
            var cut = bytes[..length];
            Assert.Throws<InvalidDataException>(() => Parse(cut, int.MaxValue, out _));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"results":{}}""")]
    [InlineData("""{"results":[null]}""")]
    [InlineData("""{"results":[1]}""")]
    [InlineData("""{"results":[{"id":"a"}]}""")]
    [InlineData("""{"results":[{"id":"a","size":"x","status":"stored"}]}""")]
    [InlineData("""{"results":[{"id":"a","size":1,"status":"eaten"}]}""")]
    [InlineData("""{"results":[]} {}""")]
    [InlineData("""{"results":[]}x""")]
    [InlineData("""{"error":5}""")]
    [InlineData("""{"error":{"code":"x","message":"y"}}""")]
    [InlineData("<html>")]
    public void What_is_no_result_is_an_error(string text)
    {
        Assert.Throws<InvalidDataException>(() => Parse(Encoding.UTF8.GetBytes(text), int.MaxValue, out _));
        Assert.Throws<InvalidDataException>(() => Parse(Encoding.UTF8.GetBytes(text), 1, out _));
    }

    [Fact]
    public void A_value_without_end_is_refused_instead_of_kept()
    {
        var endless = Encoding.UTF8.GetBytes("""{"results":[{"id":" """ + new string('x', BatchResultParser.MaxValueBytes + 1));
        Assert.Throws<InvalidDataException>(() => new BatchResultParser().Read(endless, isLast: false, []));
    }

    [Fact]
    public void Damaged_answers_are_errors_or_answers_and_nothing_else()
    {
        var random = new Random(20261121);
        for (var round = 0; round < 5000; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Result);
            for (var damage = random.Next(1, 4); damage > 0; damage--)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            try
            {
                Parse(bytes, random.Next(1, 64), out _);
            }
            catch (InvalidDataException)
            {
                // The only way in which it may fail.
            }
        }
    }

    [Fact]
    public async Task A_million_entries_are_read_in_constant_memory()
    {
        await using var answer = new ManyResults(1_000_000);
        var count = 0L;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var most = 0L;
        await foreach (var entry in BatchResultReader.ReadAsync(answer, CancellationToken.None))
        {
            count++;
            Assert.Equal(BatchEntryStatus.Stored, entry.Status);
            if (count % 250_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal(1_000_000, count);

        // A million entries that are kept are 250 MB. Tests that run beside this one take some, too.
        Assert.InRange(most, long.MinValue, 64 << 20);
    }

    private static List<BatchEntryResult> Parse(ReadOnlySpan<byte> bytes, int step, out BatchResultParser parser)
    {
        parser = new BatchResultParser();
        var entries = new List<BatchEntryResult>();
        var taken = 0;
        for (var given = 0; given < bytes.Length;)
        {
            given = (int)Math.Min(bytes.Length, (long)given + step);
            taken += parser.Read(bytes[taken..given], isLast: false, entries);
        }

        parser.Read(bytes[taken..], isLast: true, entries);
        return entries;
    }

    private static List<BatchEntryResult> ParseInTwo(ReadOnlySpan<byte> bytes, int first)
    {
        var parser = new BatchResultParser();
        var entries = new List<BatchEntryResult>();
        var taken = parser.Read(bytes[..first], isLast: false, entries);
        parser.Read(bytes[taken..], isLast: true, entries);
        return entries;
    }

    /// <summary>A result that is made while it is read.</summary>
    private sealed class ManyResults(int count) : ForwardStream
    {
        private static readonly byte[] Entry =
            Encoding.UTF8.GetBytes($$"""{"id":"{{new string('a', 64)}}","size":16384,"status":"stored"}""");

        private int next = -1;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

        public override int Read(Span<byte> buffer)
        {
            var written = 0;
            while (next <= count && written + Entry.Length + 16 < buffer.Length)
            {
                var piece = next < 0 ? "{\"results\":["u8 : next == count ? "]}"u8 : Entry;
                if (next > 0 && next < count)
                {
                    buffer[written++] = (byte)',';
                }

                piece.CopyTo(buffer[written..]);
                written += piece.Length;
                next++;
            }

            return written;
        }
    }
}
