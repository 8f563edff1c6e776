using System.Net;
using RpcStore.Client.Http;

namespace RpcStore.Client.Bulk;

/// <summary>The body of an upload: a stream as it is.</summary>
internal sealed class FileContent : HttpContent
{
    private readonly Stream source;
    private readonly ProgressCounter progress;

    /// <summary>A body of all that <paramref name="source"/> has from where it is; it can be sent once.</summary>
    public FileContent(Stream source, string mediaType, ProgressCounter progress)
    {
        this.source = source;
        this.progress = progress;
        Headers.ContentType = new(mediaType);
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        // Not of a pool: a read that was given up may still write to it.
        var buffer = new byte[TarEntries.BufferSize];
        for (int read; (read = await ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0;)
        {
            await stream.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            progress.Move(read);
        }
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = source.CanSeek ? source.Length - source.Position : 0;
        return source.CanSeek;
    }

    private async ValueTask<int> ReadAsync(byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            // A pipe that nobody writes to keeps a read for ever, whatever its token says.
            return await source.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new BodySourceException(e);
        }
    }
}
