using System.Formats.Tar;
using System.Net;
using RpcStore.Client.Http;

namespace RpcStore.Client.Bulk;

/// <summary>The body of an upload: sources as a tar batch, made while it is sent.</summary>
internal sealed class TarBatchContent : HttpContent
{
    private readonly IReadOnlyList<HashedSource> sources;
    private readonly ProgressCounter progress;

    /// <summary>A batch of these sources, which all were hashed.</summary>
    public TarBatchContent(IReadOnlyList<HashedSource> sources, ProgressCounter progress)
    {
        this.sources = sources;
        this.progress = progress;
        Headers.ContentType = new("application/x-tar");
    }

    /// <summary>
    /// The sources in order, which is that of the entries, and why the bytes are wrong where they are known to be. Complete
    /// when the batch was sent.
    /// </summary>
    public List<(HashedSource Source, string? Failure)> Sent { get; } = [];

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Sent.Clear();
        var buffered = new BufferedStream(stream, TarEntries.BufferSize);
        var tar = new TarWriter(buffered, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var source in sources)
        {
            await WriteAsync(tar, source, cancellationToken).ConfigureAwait(false);
        }

        // Only now: a batch that was broken off must not get the blocks that say it is whole.
        await tar.DisposeAsync().ConfigureAwait(false);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The length is known unless an entry needs a pax header: a body that says it costs the server less to take.</summary>
    protected override bool TryComputeLength(out long length)
    {
        length = TarEntries.EndBytes;
        foreach (var source in sources)
        {
            if (TarEntries.BytesOf(source.Size) is not { } bytes)
            {
                length = 0;
                return false;
            }

            length += bytes;
        }

        return true;
    }

    private async ValueTask WriteAsync(TarWriter tar, HashedSource source, CancellationToken cancellationToken)
    {
        await using var content = Open(source);
        await tar.WriteEntryAsync(TarEntries.ForBlob(source.Id, content), cancellationToken).ConfigureAwait(false);
        Sent.Add((source, content.Failure));
    }

    private SourceStream Open(HashedSource source)
    {
        try
        {
            return new SourceStream(source.Source.Open(), source.Size, progress);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone since it was hashed. Its place was promised, and what stands there is refused for its digest.
            return new SourceStream(Stream.Null, source.Size, progress) { Failure = e.Message };
        }
        catch (Exception e)
        {
            throw new BodySourceException(e);
        }
    }
}
