namespace RpcStore.Core.Tar;

/// <summary>The content of the entry at hand, and the padding behind it.</summary>
internal sealed class TarContentStream(TarInput input, TarReader reader) : ForwardStream
{
    private long remaining;
    private int padding;

    /// <summary>Starts with the content of a new entry.</summary>
    public void Begin(long size) => (remaining, padding) = (size, TarHeader.PaddingOf(size));

    /// <summary>Passes over what was not read, and the padding.</summary>
    public async ValueTask SkipAsync(CancellationToken cancellationToken)
    {
        var rest = remaining;
        if (await input.SkipAsync(rest, cancellationToken) > 0)
        {
            throw EndsInside();
        }

        // Some writers leave out the padding of the last entry; then the end of the stream is the end of the batch.
        remaining = 0;
        await input.SkipAsync(padding, cancellationToken);
        padding = 0;
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (remaining == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var wanted = (int)Math.Min(buffer.Length, remaining);
        var read = await input.ReadAsync(buffer[..wanted], cancellationToken);
        remaining -= read;
        return read > 0 ? read : throw EndsInside();
    }

    private StoreException EndsInside() => reader.Malformed($"the {reader.Noun} ends {remaining} bytes before the end of the entry");
}
