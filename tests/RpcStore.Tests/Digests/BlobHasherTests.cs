using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Digests;

public sealed class BlobHasherTests
{
    [Theory]
    [InlineData(DigestFunction.Sha256)]
    [InlineData(DigestFunction.Blake2b)]
    public void Pieces_give_the_id_of_the_whole(DigestFunction function)
    {
        var random = new Random(1);
        for (var run = 0; run < 100; run++)
        {
            var content = new byte[random.Next(0, 5000)];
            random.NextBytes(content);
            var split = random.Next(0, content.Length + 1);
            using var hasher = BlobHasher.Rent(function);
            hasher.Append(content.AsSpan(0, split));
            hasher.Append(content.AsSpan(split));
            Assert.Equal(BlobId.Compute(function, content), hasher.Finish());
            Assert.Equal(BlobId.Compute(function, []), hasher.Finish());
        }
    }

    [Theory]
    [InlineData(DigestFunction.Sha256)]
    [InlineData(DigestFunction.Blake2b)]
    public void A_hasher_that_was_given_back_in_the_middle_starts_anew(DigestFunction function)
    {
        var first = BlobHasher.Rent(function);
        first.Append("left over"u8);
        first.Dispose();
        for (var i = 0; i < 100; i++)
        {
            using var hasher = BlobHasher.Rent(function);
            hasher.Append("hello"u8);
            Assert.Equal(BlobId.Compute(function, "hello"u8), hasher.Finish());
        }
    }

    [Fact]
    public void A_hasher_that_was_given_back_cannot_be_used()
    {
        var hasher = BlobHasher.Rent(DigestFunction.Sha256);
        hasher.Dispose();
        hasher.Dispose();
        Assert.Throws<ObjectDisposedException>(() => hasher.Append("x"u8));
    }

    [Fact]
    public void There_is_no_hasher_of_no_function() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BlobHasher.Rent(default));
}
