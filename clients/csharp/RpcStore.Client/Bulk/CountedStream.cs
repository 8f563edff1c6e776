using RpcStore.Client.Files;

namespace RpcStore.Client.Bulk;

/// <summary>A range of a blob as it comes from the server: as long as was said, or an error.</summary>
internal sealed class CountedStream(Stream inner, long length, ProgressCounter progress) : FixedLengthStream(inner, length)
{
    /// <inheritdoc/>
    protected override async ValueTask<int> ReadInnerAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        var read = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 ? read : throw new EndOfStreamException("The server's answer ended before the range did.");
    }

    /// <inheritdoc/>
    protected override void OnRead(ReadOnlySpan<byte> bytes, bool isLast) => progress.Move(bytes.Length);
}
