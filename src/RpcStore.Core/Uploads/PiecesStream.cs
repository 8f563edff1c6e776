namespace RpcStore.Core.Uploads;

/// <summary>Bytes that come in pieces, as a stream that is read once.</summary>
internal sealed class PiecesStream(IAsyncEnumerable<ReadOnlyMemory<byte>> pieces) : ForwardStream
{
    private readonly IAsyncEnumerator<ReadOnlyMemory<byte>> source = pieces.GetAsyncEnumerator();
    private ReadOnlyMemory<byte> rest;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (rest.IsEmpty && buffer.Length > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!await source.MoveNextAsync())
            {
                return 0;
            }

            rest = source.Current;
        }

        var length = Math.Min(rest.Length, buffer.Length);
        rest[..length].CopyTo(buffer);
        rest = rest[length..];
        return length;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await source.DisposeAsync();
        await base.DisposeAsync();
    }
}
