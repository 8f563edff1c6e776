namespace RpcStore.Core.Tar;

/// <summary>Looks at the first two bytes of a stream, and gives them back before the rest.</summary>
internal static class GzipPrefix
{
    private const int MagicBytes = 2;

    /// <summary>Tells whether a stream is gzip (RFC 1952, section 2.3.1: it begins with 1f 8b).</summary>
    /// <returns>The whole stream, those bytes included; disposing it leaves <paramref name="stream"/> open.</returns>
    public static async ValueTask<(Stream Whole, bool IsGzip)> DetectAsync(Stream stream, CancellationToken cancellationToken)
    {
        var (prefix, whole) = await PrefixedStream.ReadAsync(stream, MagicBytes, cancellationToken);
        return (whole, prefix.Span is [0x1f, 0x8b]);
    }
}
