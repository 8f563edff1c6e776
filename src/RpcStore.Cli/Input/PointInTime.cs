using System.Globalization;

namespace RpcStore.Cli.Input;

/// <summary>A point in time as people write it: so long ago, or a date and time.</summary>
internal static class PointInTime
{
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm'Z'", "yyyy-MM-dd",
    ];

    /// <summary>
    /// Reads one: <c>90s</c>, <c>15m</c>, <c>2h</c>, <c>3d</c>, <c>1w</c> or several such as <c>1d12h</c> mean so long before
    /// <paramref name="now"/>; RFC 3339 means itself, and a date alone its first moment in UTC.
    /// </summary>
    /// <exception cref="UsageException">It is none of these.</exception>
    public static DateTimeOffset Parse(string text, DateTimeOffset now)
    {
        if (TryParseDuration(text, out var ago))
        {
            return ago <= now - DateTimeOffset.MinValue ? now - ago : DateTimeOffset.MinValue;
        }

        // A 't' or a 'z' may be small in RFC 3339.
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParseExact(text.ToUpperInvariant(), Formats, CultureInfo.InvariantCulture, Utc, out var time)
            ? time
            : throw new UsageException($"'{text}' is no time: write how long ago, such as 90s, 15m, 2h, 3d or 1d12h, or 2026-11-21T09:00:00Z");
    }

    private static bool TryParseDuration(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        while (!text.IsEmpty)
        {
            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits <= 0 || !long.TryParse(text[..digits], CultureInfo.InvariantCulture, out var count) || UnitOf(text[digits]) is not { } unit)
            {
                return false;
            }

            if (count > (TimeSpan.MaxValue - duration) / unit)
            {
                return false;
            }

            duration += count * unit;
            text = text[(digits + 1)..];
            if (text.IsEmpty)
            {
                return true;
            }
        }

        return false;
    }

    private static TimeSpan? UnitOf(char letter) => letter switch
    {
        's' => TimeSpan.FromSeconds(1),
        'm' => TimeSpan.FromMinutes(1),
        'h' => TimeSpan.FromHours(1),
        'd' => TimeSpan.FromDays(1),
        'w' => TimeSpan.FromDays(7),
        _ => null,
    };
}
