using RpcStore.Client.Files;

namespace RpcStore.Client.Bulk;

/// <summary>
/// The bytes of a source on their way into a batch. A source that changed since it was hashed and fails or ends too early is
/// filled up with zeroes: its digest is wrong then and the server refuses this entry alone, where a torn entry would end the
/// whole batch. What follows the length promised is left out.
/// </summary>
internal sealed class SourceStream(Stream inner, long length, ProgressCounter progress) : FixedLengthStream(inner, length)
{
    /// <summary>Why the bytes are not those that were promised; null while they may be.</summary>
    public string? Failure { get; set; }

    /// <inheritdoc/>
    protected override async ValueTask<int> ReadInnerAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        try
        {
            var read = Failure is null ? await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false) : 0;
            if (read > 0)
            {
                return read;
            }

            Failure ??= "it became shorter while it was read";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Failure = e.Message;
        }

        buffer.Span.Clear();
        return buffer.Length;
    }

    /// <inheritdoc/>
    protected override void OnRead(ReadOnlySpan<byte> bytes, bool isLast) => progress.Move(bytes.Length);
}
