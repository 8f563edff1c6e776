using System.Runtime.Intrinsics.X86;
using System.Text;
using System.Text.Json;
using RpcStore.Digests;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Digests;

public sealed class Blake2bTests
{
    public static TheoryData<bool> Implementations => Avx2.IsSupported ? [false, true] : [false];

    // RFC 7693, appendix A.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Gives_the_digest_of_the_rfc(bool vectors)
    {
        var hash = new Blake2b(64, [], vectors);
        hash.Append("abc"u8);
        Assert.Equal(
            "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d17d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
            Finish(hash, 64));
    }

    // RFC 7693, appendix E: digests of all sorts of lengths, with and without keys, hashed together.
    [Theory]
    [MemberData(nameof(Implementations))]
    public void Passes_the_self_test_of_the_rfc(bool vectors)
    {
        var all = new Blake2b(32, [], vectors);
        foreach (var outputLength in new[] { 20, 32, 48, 64 })
        {
            foreach (var inputLength in new[] { 0, 3, 128, 129, 255, 1024 })
            {
                var input = Sequence(inputLength, (uint)inputLength);
                foreach (var key in new[] { [], Sequence(outputLength, (uint)outputLength) })
                {
                    var hash = new Blake2b(outputLength, key, vectors);
                    hash.Append(input);
                    var digest = new byte[outputLength];
                    hash.GetHashAndReset(digest);
                    all.Append(digest);
                }
            }
        }

        Assert.Equal("c23a7800d98123bd10f506c61e29da5603d763b8bbad2e737f5e765a7bccd475", Finish(all, 32));
    }

    [Theory]
    [InlineData("", "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8")]
    [InlineData("abc", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319")]
    public void Gives_known_digests_of_256_bits(string text, string expected)
    {
        var digest = new byte[32];
        Blake2b.HashData(Encoding.ASCII.GetBytes(text), digest);
        Assert.Equal(expected, Convert.ToHexStringLower(digest));
    }

    [Fact]
    public void Both_implementations_agree_on_any_input_split_anywhere()
    {
        Assert.SkipUnless(Avx2.IsSupported, "This processor has no AVX2.");
        var random = new Random(7693);
        for (var run = 0; run < 500; run++)
        {
            var input = new byte[random.Next(0, 2000)];
            random.NextBytes(input);
            var length = random.Next(1, 65);
            Assert.Equal(Split(new Blake2b(length, [], false), input, random, length), Split(new Blake2b(length, [], true), input, random, length));
        }
    }

    [Fact]
    public void Agrees_with_b2sum_on_any_length()
    {
        var random = new Random(256);
        foreach (var length in new[] { 0, 1, 63, 64, 127, 128, 129, 255, 256, 257, 4096, 65_537, random.Next(100_000, 1_000_000) })
        {
            var input = new byte[length];
            random.NextBytes(input);
            var expected = Tool.Run("b2sum", input, "-l", "256")[..64];
            Assert.Equal(expected, Split(new Blake2b(32), input, random, 32));
        }
    }

    [Fact]
    public void Gives_the_ids_of_blocks_of_real_flists()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(SharedFixtures.Require("rfs", "block-vectors.json")));
        var checkedBlocks = 0;
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            if (vector.TryGetProperty("blob_hex", out var blob))
            {
                Assert.Equal(
                    "blake2b-" + vector.GetProperty("id").GetString(),
                    BlobId.Compute(DigestFunction.Blake2b, Convert.FromHexString(blob.GetString()!)).ToString());
                checkedBlocks++;
            }
        }

        Assert.True(checkedBlocks > 10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Refuses_lengths_that_the_rfc_does_not_know(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Blake2b(length));

    private static string Split(Blake2b hash, byte[] input, Random random, int length)
    {
        for (var start = 0; start < input.Length;)
        {
            var count = random.Next(0, Math.Min(700, input.Length - start) + 1);
            hash.Append(input.AsSpan(start, count));
            start += count;
        }

        return Finish(hash, length);
    }

    private static string Finish(Blake2b hash, int length)
    {
        var digest = new byte[length];
        hash.GetHashAndReset(digest);
        return Convert.ToHexStringLower(digest);
    }

    private static byte[] Sequence(int length, uint seed)
    {
        var (a, b) = (unchecked(0xDEAD4BAD * seed), 1u);
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
        {
            (a, b) = (b, unchecked(a + b));
            bytes[i] = (byte)(b >> 24);
        }

        return bytes;
    }
}
