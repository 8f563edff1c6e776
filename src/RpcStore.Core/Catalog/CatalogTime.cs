namespace RpcStore.Core.Catalog;

/// <summary>Times as the catalog stores them: whole microseconds since 1970 in UTC, what is smaller is cut off.</summary>
public static class CatalogTime
{
    /// <summary>A day.</summary>
    public const long MicrosecondsPerDay = 24L * 60 * 60 * 1_000_000;

    /// <summary>What is stored for a time.</summary>
    public static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>The time that is stored, in UTC.</summary>
    public static DateTimeOffset FromMicroseconds(long microseconds) =>
        DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
