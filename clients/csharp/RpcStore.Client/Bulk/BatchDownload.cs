using System.Formats.Tar;
using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>Reads a tar batch that was asked for, and holds it against what was asked.</summary>
internal static class BatchDownload
{
    /// <summary>Gives every blob to the handler, verified.</summary>
    /// <param name="answer">The batch.</param>
    /// <param name="ids">What was asked for, in order.</param>
    /// <param name="handler">Takes the blobs.</param>
    /// <param name="onMissing">Told of the ids that the batch leaves out; null forbids that.</param>
    /// <param name="counter">Counts.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InvalidDataException">The answer is no batch, or not of these blobs.</exception>
    /// <exception cref="BlobCorruptException">The bytes of a blob were damaged.</exception>
    public static async Task ReadAsync(
        Stream answer,
        IReadOnlyList<BlobId> ids,
        BlobHandler handler,
        Action<BlobId>? onMissing,
        ProgressCounter counter,
        CancellationToken cancellationToken)
    {
        // Headers are read 512 bytes at a time; a socket should not be.
        await using var buffered = new BufferedStream(answer, TarEntries.BufferSize);
        await using var tar = new TarReader(buffered, leaveOpen: true);
        var next = 0;
        while (await NextAsync(tar, cancellationToken).ConfigureAwait(false) is { } entry)
        {
            var id = ReadId(entry);
            while (next < ids.Count && ids[next] != id)
            {
                ReportMissing(ids[next++], onMissing);
            }

            if (next++ == ids.Count)
            {
                throw new InvalidDataException($"The server's answer has the blob {id}, which was not asked for there.");
            }

            await using var content = new VerifiedStream(entry.DataStream ?? Stream.Null, id, entry.Length, counter);
            await handler(id, content, cancellationToken).ConfigureAwait(false);
            await content.FinishAsync(cancellationToken).ConfigureAwait(false);
            counter.Complete(1);
        }

        while (next < ids.Count)
        {
            ReportMissing(ids[next++], onMissing);
        }

        // What follows the last entry tells whether the answer was ended or broken off.
        await buffered.CopyToAsync(Stream.Null, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<TarEntry?> NextAsync(TarReader tar, CancellationToken cancellationToken)
    {
        try
        {
            return await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is FormatException or InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"The server's answer is no tar batch: {e.Message}", e);
        }
    }

    private static BlobId ReadId(TarEntry entry) =>
        entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile && BlobId.TryParse(entry.Name, out BlobId id)
            ? id
            : throw new InvalidDataException($"The server's answer has an entry '{entry.Name}' that is no blob.");

    private static void ReportMissing(BlobId id, Action<BlobId>? onMissing)
    {
        if (onMissing is null)
        {
            throw new InvalidDataException($"The server's answer lacks the blob {id}.");
        }

        onMissing(id);
    }
}
