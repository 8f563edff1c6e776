using System.Text;
using System.Text.Json.Nodes;
using RpcStore.Cli.Commands.Blobs;
using RpcStore.Cli.Output;
using RpcStore.Client.Bulk;
using RpcStore.Contract;
using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>The three formats: tables for people, lines for pipes, JSON for programs.</summary>
public sealed class OutputTests
{
    private static readonly BlobId A = BlobId.Parse(new string('a', 64));
    private static readonly BlobId B = BlobId.Parse("blake2b-" + new string('b', 64));

    [Fact]
    public void Plain_rows_are_lines_with_tabs() =>
        Assert.Equal($"{A}\tpresent\n{B}\tmissing\n", Print(OutputFormat.Plain, PrintRows));

    [Fact]
    public void Json_rows_are_one_array_with_a_line_each()
    {
        var text = Print(OutputFormat.Json, PrintRows);
        Assert.Equal("missing", (string?)JsonNode.Parse(text)![1]!["status"]);
        Assert.Equal(4, text.TrimEnd('\n').Split('\n').Length);
        Assert.Equal("[]\n", Print(OutputFormat.Json, output => RowWriter<BlobStatus>.Create(output, CliJson.Default.BlobStatus, BlobColumns.Status).End()));
    }

    [Fact]
    public void A_table_has_a_heading_and_its_columns_stand_under_it()
    {
        var lines = Print(OutputFormat.Human, output =>
        {
            var rows = RowWriter<BlobFacts>.Create(output, CliJson.Default.BlobFacts, BlobColumns.Facts);
            rows.Write(new BlobFacts(A, "present", 1536, "2026-11-21T09:00:00.1234567Z"));
            rows.Write(new BlobFacts(A, "missing"));
            rows.End();
        }).Split('\n');
        Assert.Equal(lines[0].IndexOf("STORED", StringComparison.Ordinal), lines[1].IndexOf("2026-11-21 09:00:00Z", StringComparison.Ordinal));
        Assert.Contains(" 1.50 KiB ", lines[1]);
        Assert.EndsWith("  -  missing", lines[2]);
    }

    [Fact]
    public void What_broke_off_is_no_whole_json() =>
        Assert.ThrowsAny<System.Text.Json.JsonException>(() => JsonNode.Parse(Print(OutputFormat.Json, output =>
            RowWriter<BlobStatus>.Create(output, CliJson.Default.BlobStatus, BlobColumns.Status).Write(new BlobStatus(A, "ok")))));

    [Fact]
    public void An_upload_reports_each_source_and_counts_blobs()
    {
        var text = Print(OutputFormat.Json, output =>
        {
            var report = new UploadReport(output);
            report.Add(new UploadedBlob("one", A, 5, UploadStatus.Stored));
            report.Add(new UploadedBlob("two", A, 5, UploadStatus.Duplicate));
            report.Add(new UploadedBlob("three", B, 7, UploadStatus.Existing));
            report.End();
            Assert.False(report.HasFailures);
        });
        var result = JsonNode.Parse(text)!;
        Assert.Equal((1, 1, 0, 5), ((int)result["stored"]!, (int)result["existing"]!, (int)result["failed"]!, (int)result["bytes"]!));
        Assert.Equal(["one", "two", "three"], result["results"]!.AsArray().Select(entry => (string)entry!["name"]!));
    }

    [Fact]
    public void An_upload_of_nothing_is_whole_json_too() =>
        Assert.Equal(0, (int)JsonNode.Parse(Print(OutputFormat.Json, output => new UploadReport(output).End()))!["stored"]!);

    [Fact]
    public void A_failed_entry_is_a_failure()
    {
        Print(OutputFormat.Plain, output =>
        {
            var report = new UploadReport(output);
            report.Add(new BatchEntryResult { Id = "x\ty", Size = 1, Status = BatchEntryStatus.Invalid, Reason = "a link" });
            Assert.True(report.HasFailures);
        }, out var text);
        Assert.Equal("x\\ty\t1\tinvalid\ta link\n", text);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("ümlaut ✓", "ümlaut ✓")]
    [InlineData("a\tb\nc\rd", @"a\tb\nc\rd")]
    [InlineData("\u001b[31mred", @"\x1b[31mred")]
    [InlineData("back\\slash", @"back\\slash")]
    [InlineData("\u009b31m", @"\x9b31m")]
    public void Text_from_elsewhere_cannot_command_a_terminal(string text, string expected) =>
        Assert.Equal(expected, Text.Printable(text));

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(999, "999 B")]
    [InlineData(1000, "0.98 KiB")]
    [InlineData(1024, "1.00 KiB")]
    [InlineData(1536, "1.50 KiB")]
    [InlineData(10_240, "10.0 KiB")]
    [InlineData(1L << 40, "1.00 TiB")]
    [InlineData(long.MaxValue, "8.00 EiB")]
    public void Sizes_are_told_in_three_digits(long bytes, string expected) => Assert.Equal(expected, Text.Size(bytes));

    [Fact]
    public void Lists_of_an_answer_come_back_in_the_order_asked()
    {
        var c = BlobId.Parse(new string('c', 64));
        BlobId[] asked = [A, c, B, A, c];
        Assert.Equal([0, 1, 2, 0, 1], AnswerLists.InOrderAsked(asked, (BlobId[])[A, A], (BlobId[])[c, c], (BlobId[])[B]).Select(pair => pair.List));
        Assert.Throws<InvalidDataException>(() => AnswerLists.InOrderAsked(asked, (BlobId[])[A, A], (BlobId[])[B]).ToList());
    }

    private static void PrintRows(CommandOutput output)
    {
        var rows = RowWriter<BlobStatus>.Create(output, CliJson.Default.BlobStatus, BlobColumns.Status);
        rows.Write(new BlobStatus(A, "present"));
        rows.Write(new BlobStatus(B, "missing"));
        rows.End();
    }

    private static string Print(OutputFormat format, Action<CommandOutput> print)
    {
        Print(format, print, out var text);
        return text;
    }

    private static void Print(OutputFormat format, Action<CommandOutput> print, out string text)
    {
        var bytes = new MemoryStream();
        using var output = new CommandOutput(format, bytes);
        print(output);
        output.Flush();
        text = Encoding.UTF8.GetString(bytes.ToArray());
    }
}
