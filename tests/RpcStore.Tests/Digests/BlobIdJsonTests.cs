using System.Buffers;
using System.Text;
using System.Text.Json;
using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Digests;

public sealed class BlobIdJsonTests
{
    private static readonly BlobId Hello = BlobId.Compute(DigestFunction.Sha256, "hello"u8);

    [Fact]
    public void Is_a_string_in_json_and_a_property_name()
    {
        Assert.Equal($"\"{Hello}\"", JsonSerializer.Serialize(Hello));
        var sizes = new Dictionary<BlobId, int> { [Hello] = 5, [BlobId.EmptyBlake2b] = 0 };
        var json = JsonSerializer.Serialize(sizes);
        Assert.Equal($"{{\"{Hello}\":5,\"{BlobId.EmptyBlake2b}\":0}}", json);
        Assert.Equal(sizes, JsonSerializer.Deserialize<Dictionary<BlobId, int>>(json));
        Assert.Equal(Hello, JsonSerializer.Deserialize<BlobId>($"\"{Hello}\""));
    }

    [Fact]
    public void Escapes_are_read_like_what_they_stand_for()
    {
        var escaped = string.Concat(BlobId.EmptyBlake2b.ToString().Select(c => $"\\u{(int)c:x4}"));
        Assert.Equal(BlobId.EmptyBlake2b, JsonSerializer.Deserialize<BlobId>($"\"{escaped}\""));
    }

    [Fact]
    public void A_token_in_several_segments_is_read()
    {
        var json = Encoding.UTF8.GetBytes($"\"{Hello}\"");
        for (var split = 1; split < json.Length; split++)
        {
            var first = new Segment(json.AsMemory(0, split), 0);
            var last = first.Append(json.AsMemory(split));
            var reader = new Utf8JsonReader(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length));
            Assert.Equal(Hello, JsonSerializer.Deserialize<BlobId>(ref reader));
        }
    }

    [Theory]
    [InlineData("5", "a number")]
    [InlineData("null", "null")]
    [InlineData("[]", "an array")]
    [InlineData("{}", "an object")]
    [InlineData("true", "a boolean")]
    [InlineData("\"\"", "there are 0 digits")]
    [InlineData("\"zz\"", "character 1 is not a hex digit")]
    [InlineData("\"ABCDEF\"", "upper-case")]
    [InlineData("\"blake2b-00\"", "there are 2 digits")]
    public void What_is_no_id_is_refused_with_the_reason(string json, string reason) =>
        Assert.Contains(reason, Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<BlobId>(json)).Message);

    [Fact]
    public void A_long_escaped_string_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<BlobId>($"\"{new string('a', 100_000)}\\n\""));

    [Fact]
    public void The_default_is_not_written() => Assert.Throws<InvalidOperationException>(() => JsonSerializer.Serialize(default(BlobId)));

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
