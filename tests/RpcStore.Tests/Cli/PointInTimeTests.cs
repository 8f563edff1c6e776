using RpcStore.Cli;
using RpcStore.Cli.Input;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>Times as <c>--since</c> and <c>--until</c> take them.</summary>
public sealed class PointInTimeTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("0s", "2026-11-21T12:00:00Z")]
    [InlineData("90s", "2026-11-21T11:58:30Z")]
    [InlineData("15m", "2026-11-21T11:45:00Z")]
    [InlineData("2h", "2026-11-21T10:00:00Z")]
    [InlineData("3d", "2026-11-18T12:00:00Z")]
    [InlineData("1w", "2026-11-14T12:00:00Z")]
    [InlineData("1d12h", "2026-11-20T00:00:00Z")]
    [InlineData("2026-11-21T09:00:00Z", "2026-11-21T09:00:00Z")]
    [InlineData("2026-11-21t09:00:00.25z", "2026-11-21T09:00:00.25Z")]
    [InlineData("2026-11-21T09:00:00+02:00", "2026-11-21T07:00:00Z")]
    [InlineData("2026-11-21T09:00Z", "2026-11-21T09:00:00Z")]
    [InlineData("2026-11-21", "2026-11-21T00:00:00Z")]
    [InlineData("99999w", "0110-05-17T12:00:00Z")]
    [InlineData("1000000w", "0001-01-01T00:00:00Z")]
    public void A_time_is_so_long_ago_or_itself(string text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, null), PointInTime.Parse(text, Now));

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("h")]
    [InlineData("2x")]
    [InlineData("-2h")]
    [InlineData("2 h")]
    [InlineData("2H30")]
    [InlineData("yesterday")]
    [InlineData("2026-11-21T09:00:00")]
    [InlineData("2026-13-01")]
    [InlineData("21.11.2026")]
    [InlineData("99999999999999999999d")]
    [InlineData("9223372036854775807w")]
    public void Anything_else_is_refused_with_what_to_write(string text) =>
        Assert.Contains("1d12h", Assert.Throws<UsageException>(() => PointInTime.Parse(text, Now)).Message);
}
