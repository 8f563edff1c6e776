namespace RpcStore.Core.Tar;

/// <summary>
/// A stream whose first bytes were looked at, and which gives them once more before the rest. Read asynchronously; disposing
/// it leaves the rest open.
/// </summary>
/// <param name="prefix">The bytes that were looked at.</param>
/// <param name="rest">What comes behind.</param>
internal sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : ForwardStream
{
    private ReadOnlyMemory<byte> prefix = prefix;

    /// <summary>Looks at the first bytes of a stream.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="length">How many, unless it is shorter.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The bytes, and the whole stream with them.</returns>
    public static async ValueTask<(ReadOnlyMemory<byte> Prefix, Stream Whole)> ReadAsync(
        Stream stream, int length, CancellationToken cancellationToken)
    {
        var head = new byte[length];
        var read = await stream.ReadAtLeastAsync(head, length, throwOnEndOfStream: false, cancellationToken);
        return (head.AsMemory(0, read), new PrefixedStream(head.AsMemory(0, read), stream));
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (prefix.IsEmpty)
        {
            return rest.ReadAsync(buffer, cancellationToken);
        }

        var count = Math.Min(prefix.Length, buffer.Length);
        prefix[..count].CopyTo(buffer);
        prefix = prefix[count..];
        return new(count);
    }
}
