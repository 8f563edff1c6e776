namespace RpcStore.Core.Flists;

/// <summary>Device numbers as Linux' C libraries write them: <c>makedev(3)</c>.</summary>
public static class DeviceNumbers
{
    /// <summary>The largest major number: twelve bits.</summary>
    public const long MaxMajor = 0xFFF;

    /// <summary>The largest minor number: twenty bits.</summary>
    public const long MaxMinor = 0xFFFFF;

    /// <summary>Puts a number together; both parts must be in their ranges.</summary>
    public static long Make(long major, long minor)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(major);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(major, MaxMajor);
        ArgumentOutOfRangeException.ThrowIfNegative(minor);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minor, MaxMinor);
        return (minor & 0xFF) | (major << 8) | ((minor & ~0xFFL) << 12);
    }

    /// <summary>The major part of a number.</summary>
    public static long Major(long number) => (number >> 8) & MaxMajor;

    /// <summary>The minor part of a number.</summary>
    public static long Minor(long number) => (number & 0xFF) | ((number >> 12) & 0xFFF00);
}
