using RpcStore.Core.Accounts.Logins;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.Accounts;

public sealed class TokenBucketsTests
{
    private readonly ManualTimeProvider time = new();

    [Fact]
    public void A_bucket_empties_and_fills_up()
    {
        var buckets = new TokenBuckets(new RateLimit(2, TimeSpan.FromSeconds(10)), 8, time);
        Assert.Null(buckets.TryTake("a"));
        Assert.Null(buckets.TryTake("a"));
        Assert.Equal(TimeSpan.FromSeconds(10), buckets.TryTake("a"));
        Assert.Null(buckets.TryTake("b"));
        time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(6, buckets.TryTake("a")!.Value.TotalSeconds, 0.001);
        time.Advance(TimeSpan.FromSeconds(6.001));
        Assert.Null(buckets.TryTake("a"));
        Assert.NotNull(buckets.TryTake("a"));
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal([null, null], new[] { buckets.TryTake("a"), buckets.TryTake("a") });
        Assert.NotNull(buckets.TryTake("a"));
    }

    [Fact]
    public void What_is_given_back_does_not_count()
    {
        var buckets = new TokenBuckets(new RateLimit(1, TimeSpan.FromSeconds(10)), 8, time);
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(buckets.TryTake("a"));
            buckets.GiveBack("a");
            buckets.GiveBack("a");
        }

        Assert.Null(buckets.TryTake("a"));
        Assert.NotNull(buckets.TryTake("a"));
    }

    [Fact]
    public void Memory_is_bounded_and_those_beyond_share()
    {
        var buckets = new TokenBuckets(new RateLimit(2, TimeSpan.FromSeconds(10)), 100, time);
        var refused = Enumerable.Range(0, 100_000).Count(i => buckets.TryTake($"stranger {i}") is not null);
        Assert.Equal(100_000 - 100 - 2, refused);
        Assert.InRange(buckets.Count, 100, 101);

        // Those who were there keep their own.
        Assert.Null(buckets.TryTake("stranger 5"));

        // When the others have filled up, they make room.
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(buckets.TryTake("newcomer"));
        Assert.InRange(buckets.Count, 1, 2);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::")]
    [InlineData("fe80::1%3", "fe80::2")]
    [InlineData("local", "local")]
    public void Addresses_that_one_party_has_are_one(string left, string right) =>
        Assert.Equal(LoginThrottle.Group(left), LoginThrottle.Group(right));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:1:2::", "2001:db8:1:3::")]
    [InlineData("local", "")]
    public void Other_addresses_are_others(string left, string right) =>
        Assert.NotEqual(LoginThrottle.Group(left), LoginThrottle.Group(right));
}
