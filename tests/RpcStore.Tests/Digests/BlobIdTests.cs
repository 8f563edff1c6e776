using FsCheck;
using FsCheck.Fluent;
using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Digests;

public sealed class BlobIdTests
{
    private const string Hello = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static readonly Gen<BlobId> AnyId =
        from function in Gen.Elements(DigestFunction.Sha256, DigestFunction.Blake2b)
        from bytes in Gen.Choose(0, 255).Select(number => (byte)number).ArrayOf(32)
        select BlobId.FromDigest(function, bytes);

    [Fact]
    public void The_default_is_no_id()
    {
        BlobId none = default;
        Assert.False(none.IsValid);
        Assert.Equal("", none.ToString());
        Assert.Equal(0, none.TextLength);
        Assert.False(none.IsEmptyBlob);
        Assert.False(BlobId.TryParse("", out _));
    }

    [Fact]
    public void Text_and_id_tell_the_same() => Prop.ForAll(AnyId.ToArbitrary(), id =>
    {
        var text = id.ToString();
        Assert.Equal(id.Function == DigestFunction.Sha256 ? 64 : 72, text.Length);
        Assert.Equal(id, BlobId.Parse(text));
        Assert.True(BlobId.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out var fromUtf8));
        Assert.Equal(id, fromUtf8);
        Assert.Equal(id.GetHashCode(), fromUtf8.GetHashCode());
        Assert.Equal(text, $"{id}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_is_that_of_the_texts_with_sha256_first() => Prop.ForAll(AnyId.ToArbitrary(), AnyId.ToArbitrary(), (left, right) =>
    {
        var expected = left.Function != right.Function
            ? left.Function.CompareTo(right.Function)
            : string.CompareOrdinal(left.ToString(), right.ToString());
        Assert.Equal(Math.Sign(expected), Math.Sign(left.CompareTo(right)));
        Assert.Equal(left == right, left.CompareTo(right) == 0);
        Assert.Equal(left < right, right > left);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b98240")]
    [InlineData("2CF24DBA5FB0A30E26E83B2AC5B9E29E1B161E5C1FA7425E73043362938B9824")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982g")]
    [InlineData("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982é")]
    [InlineData(" 2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982")]
    [InlineData("blake2b-2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b982")]
    [InlineData("Blake2b-2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    [InlineData("blake2s-2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824")]
    public void A_text_that_is_not_exactly_an_id_is_none(string text)
    {
        Assert.False(BlobId.TryParse(text, out var id));
        Assert.False(BlobId.TryParse(System.Text.Encoding.UTF8.GetBytes(text), out _));
        Assert.False(id.IsValid);
        Assert.Contains("64 lower-case hex digits", Assert.Throws<FormatException>(() => BlobId.Parse(text)).Message);
    }

    [Fact]
    public void A_changed_character_never_gives_the_same_id()
    {
        for (var place = 0; place < Hello.Length; place++)
        {
            for (var c = (char)0; c < 256; c++)
            {
                var changed = $"{Hello[..place]}{c}{Hello[(place + 1)..]}";
                var isHex = c is >= '0' and <= '9' or >= 'a' and <= 'f';
                Assert.Equal(isHex, BlobId.TryParse(changed, out var id));
                Assert.Equal(c == Hello[place], isHex && id == BlobId.Parse(Hello));
            }
        }
    }

    [Fact]
    public void Ids_are_computed_of_content()
    {
        Assert.Equal(Hello, BlobId.Compute(DigestFunction.Sha256, "hello"u8).ToString());
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", BlobId.EmptySha256.ToString());
        Assert.Equal("blake2b-0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8", BlobId.EmptyBlake2b.ToString());
        Assert.True(BlobId.EmptySha256.IsEmptyBlob && BlobId.EmptyBlake2b.IsEmptyBlob);
        Assert.False(BlobId.Parse(Hello).IsEmptyBlob);
    }

    [Fact]
    public void Too_short_a_destination_takes_nothing()
    {
        Assert.False(BlobId.EmptySha256.TryFormat(new byte[63], out var bytes));
        Assert.False(BlobId.EmptyBlake2b.TryFormat(new char[71], out var characters));
        Assert.Equal((0, 0), (bytes, characters));
    }

    [Fact]
    public void Formatting_and_parsing_allocate_nothing()
    {
        var text = new byte[BlobId.MaxTextLength];
        var id = BlobId.EmptyBlake2b;
        RoundTrip();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            RoundTrip();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void RoundTrip()
        {
            id.TryFormat(text, out var length);
            BlobId.TryParse(text.AsSpan(0, length), out id);
        }
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("2", true)]
    [InlineData("2cf24d", true)]
    [InlineData(Hello, true)]
    [InlineData(Hello + "0", false)]
    [InlineData("3", false)]
    public void A_prefix_may_end_anywhere(string prefix, bool expected) =>
        Assert.Equal(expected, BlobId.Parse(Hello).HasPrefix(prefix));
}
