using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using RpcStore.Core;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Digests;
using RpcStore.Tests.Attacks;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

public sealed class BlockCodecTests
{
    // Computed by rfs itself (Rust: blake2, snap 1.1.0, aes-gcm); most also stand in flists that it wrote.
    [Fact]
    public void Every_vector_encodes_to_the_same_blob_and_back()
    {
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(SharedFixtures.Require("rfs", "block-vectors.json")));
        foreach (var vector in vectors.RootElement.EnumerateArray())
        {
            var plain = vector.TryGetProperty("plain_hex", out var hex)
                ? Convert.FromHexString(hex.GetString()!)
                : Synthetic(vector.GetProperty("source").GetString()!);
            var encoded = BlockCodec.Encode(plain);
            Assert.Equal("blake2b-" + vector.GetProperty("id").GetString(), encoded.Block.Id.ToString());
            Assert.Equal(vector.GetProperty("key").GetString(), Hex(encoded.Block.Key));
            if (vector.TryGetProperty("blob_hex", out var blob))
            {
                Assert.Equal(blob.GetString(), Convert.ToHexStringLower(encoded.Blob.Span));
            }

            Assert.Equal(plain, BlockCodec.Decode(encoded.Block, encoded.Blob.Span));
        }

        Assert.Equal(21, vectors.RootElement.GetArrayLength());
    }

    [Theory]
    [InlineData("\n", "5b4b01a4a3892ea3751793da57f072ae08eec694ddcda872239fc8239e4bcd1b", "c237a074138d85829ba2d8b90407a4d805e56f")]
    [InlineData("3.20.2\n", "e0b0979bf3ab0e1967db75aa7257bfc5e45fb81251613a8e6375bb293830318b", "5d6258fab05cd011d2e5f3fd84c4371923e5d8c14d4ca1443c")]
    public void A_small_block_is_what_rfs_makes_of_it(string plain, string key, string blob)
    {
        var encoded = BlockCodec.Encode(Encoding.ASCII.GetBytes(plain));
        Assert.Equal((key, blob), (Hex(encoded.Block.Key), Convert.ToHexStringLower(encoded.Blob.Span)));
        Assert.Equal(BlobId.Compute(DigestFunction.Blake2b, encoded.Blob.Span), encoded.Block.Id);
    }

    [Fact]
    public void A_block_of_zeroes_has_the_id_that_rfs_gives_it()
    {
        var encoded = BlockCodec.Encode(new byte[BlockCodec.BlockBytes]);
        Assert.Equal(24_611, encoded.Blob.Length);
        Assert.Equal("blake2b-e8fd6b2d9a2e8851d12163c43f3024c31fcac6b486bceacf042d323f8e6f6640", encoded.Block.Id.ToString());
    }

    [Fact]
    public void Any_bytes_come_back()
    {
        Prop.ForAll(ArbMap.Default.ArbFor<NonEmptyArray<byte>>(), bytes =>
        {
            var encoded = BlockCodec.Encode(bytes.Get);
            return BlockCodec.Decode(encoded.Block, encoded.Blob.Span).AsSpan().SequenceEqual(bytes.Get);
        }).QuickCheckThrowOnFailure();

        var random = new Random(512);
        foreach (var length in new[] { 1, 59, 60, 61, 255, 256, 257, 65_535, 65_536, 65_537, BlockCodec.BlockBytes - 1, BlockCodec.BlockBytes })
        {
            // Half of it repeats, so that literals and copies of every length are met.
            var plain = new byte[length];
            random.NextBytes(plain.AsSpan(0, (length + 1) / 2));
            plain.AsSpan(0, length / 2).CopyTo(plain.AsSpan((length + 1) / 2));
            var encoded = BlockCodec.Encode(plain);
            Assert.InRange(encoded.Blob.Length, 1, BlockCodec.MaxBlobBytes);
            Assert.Equal(plain, BlockCodec.Decode(encoded.Block, encoded.Blob.Span));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(BlockCodec.BlockBytes + 1)]
    public void A_block_has_bytes_but_not_too_many(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => BlockCodec.Encode(new byte[length]));

    [Fact]
    public void A_blob_that_was_cut_or_changed_anywhere_is_refused()
    {
        var encoded = BlockCodec.Encode("some bytes of a file, some bytes of a file"u8);
        for (var i = 0; i < encoded.Blob.Length; i++)
        {
            AssertCorrupt(encoded.Block, encoded.Blob[..i].ToArray());
            var changed = encoded.Blob.ToArray();
            changed[i] ^= 1;
            AssertCorrupt(encoded.Block, changed);
        }

        AssertCorrupt(encoded.Block, new byte[BlockCodec.MaxBlobBytes + 1]);
        AssertCorrupt(encoded.Block with { Key = BlockKey.Of("another"u8) }, encoded.Blob.ToArray());
    }

    // Somebody who knows the key can seal whatever they like.
    [Theory]
    [InlineData("", "no length")]
    [InlineData("8080808080", "no length")]
    [InlineData("00", "claim 0 bytes")]
    [InlineData("ffffffff0f", "claim 4294967295 bytes")]
    [InlineData("81802000", "claim 524289 bytes")]
    [InlineData("05", "make 0 of the 5 bytes")]
    [InlineData("020061", "make 1 of the 2 bytes")]
    [InlineData("01046162", "malformed")]
    [InlineData("020861", "malformed")]
    [InlineData("080061010000", "malformed")]
    [InlineData("0800610102", "malformed")]
    [InlineData("0500611e0100", "malformed")]
    [InlineData("08006103010000", "malformed")]
    [InlineData("05fcffffffff", "malformed")]
    [InlineData("05f0", "malformed")]
    public void Snappy_data_that_lie_are_refused(string packed, string reason)
    {
        var (block, blob) = Seal(Convert.FromHexString(packed));
        if (packed.Length == 0)
        {
            Assert.Contains("no block has 16 bytes", Assert.Throws<StoreException>(() => BlockCodec.Decode(block, blob)).Message);
            return;
        }

        var e = Assert.Throws<StoreException>(() => BlockCodec.Decode(block, blob));
        Assert.Equal(Fault.Corrupt, e.Fault);
        Assert.Contains(reason, e.Message);
        Assert.Contains(block.Id.ToString(), e.Message);
    }

    [Fact]
    public void A_claimed_length_allocates_nothing()
    {
        var (block, blob) = Seal([0xff, 0xff, 0xff, 0xff, 0x0f, 0]);
        Assert.Throws<StoreException>(() => BlockCodec.Decode(block, blob, new byte[16]));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<StoreException>(() => BlockCodec.Decode(block, blob, new byte[16]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 256 << 10);
    }

    [Fact]
    public Task Snappy_data_of_anybody_end_well_or_with_an_error() => AttackRun.RunAsync(random =>
    {
        var plain = new byte[random.Next(1, 3000)];
        random.NextBytes(plain.AsSpan(0, random.Next(plain.Length)));
        var packed = Damage.Do(IronSnappy.Snappy.Encode(plain), random, [0x00, 0x01, 0x02, 0x03, 0xf0, 0xf4, 0xfc, 0xff]);
        var output = new byte[4096];
        var problem = SnappyDecoder.Decode(packed, output, out var length);
        if (problem is null)
        {
            // Whatever we take, the other implementation takes for the same.
            Assert.Equal(IronSnappy.Snappy.Decode(packed), output[..length]);
        }

        return Task.CompletedTask;
    });

    [Fact]
    public void A_key_is_not_printed() => Assert.Equal("(block key)", BlockKey.Of("x"u8).ToString());

    private static byte[] Synthetic(string name)
    {
        switch (name)
        {
            case "synthetic zeros-524288":
                return new byte[524_288];
            case "synthetic counter-524288":
                return [.. Enumerable.Range(0, 524_288 / 4).SelectMany(BitConverter.GetBytes)];
            default:
                var line = "the quick brown fox jumps over the lazy dog\n"u8.ToArray();
                return [.. Enumerable.Range(0, 65_537).Select(i => line[i % line.Length])];
        }
    }

    private static (FlistBlock Block, byte[] Blob) Seal(byte[] packed)
    {
        var key = BlockKey.Of("whatever"u8);
        var secret = new byte[BlockKey.Length];
        key.CopyTo(secret);
        var blob = new byte[packed.Length + 16];
        using var cipher = new AesGcm(secret, 16);
        cipher.Encrypt(secret.AsSpan(0, 12), packed, blob.AsSpan(0, packed.Length), blob.AsSpan(packed.Length));
        return (new FlistBlock(BlobId.Compute(DigestFunction.Blake2b, blob), key), blob);
    }

    private static void AssertCorrupt(FlistBlock block, byte[] blob) =>
        Assert.Equal(Fault.Corrupt, Assert.Throws<StoreException>(() => BlockCodec.Decode(block, blob)).Fault);

    private static string Hex(BlockKey key)
    {
        var bytes = new byte[BlockKey.Length];
        key.CopyTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
