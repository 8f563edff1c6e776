using System.Runtime.CompilerServices;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>A blob that was opened ahead of its turn.</summary>
/// <param name="Id">The blob.</param>
/// <param name="Reader">The open blob, to be disposed; null when it is not here or <paramref name="Failure"/> says why not.</param>
/// <param name="Failure">What opening or verifying it ahead ended with; null for nothing.</param>
internal readonly record struct OpenedBlob(BlobId Id, BlobReader? Reader, StoreException? Failure);

/// <summary>
/// Opens blobs in their order and, while those before them are sent, has the next small ones read and verified by another
/// thread: hashing takes about as long as sending, so together they take half the time.
/// </summary>
/// <param name="store">Where the blobs are.</param>
internal sealed class BlobReadAhead(IBlobStore store)
{
    // Twice this is in memory at the most: what is being sent, and what is being verified.
    private const long GroupBytes = VerifyingBlobStore.WholeBytes;
    private const int GroupBlobs = 64;

    /// <summary>Opens the blobs one after another. Whoever takes one disposes its reader.</summary>
    public async IAsyncEnumerable<OpenedBlob> OpenAsync(
        ReadOnlyMemory<BlobId> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var from = 0;
        var next = OpenGroup(ids, from, stop.Token);
        var group = new Queue<OpenedBlob>();
        try
        {
            while (from < ids.Length)
            {
                group = await next;
                from += group.Count;
                next = from < ids.Length ? OpenGroup(ids, from, stop.Token) : Task.FromResult(new Queue<OpenedBlob>());
                while (group.TryDequeue(out var blob))
                {
                    yield return blob;
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await DisposeAsync(group);
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (next.IsCompletedSuccessfully)
            {
                await DisposeAsync(await next);
            }
        }
    }

    private Task<Queue<OpenedBlob>> OpenGroup(ReadOnlyMemory<BlobId> ids, int from, CancellationToken cancellationToken) =>
        Task.Run(
            async () =>
            {
                var group = new Queue<OpenedBlob>();
                try
                {
                    var bytes = 0L;
                    for (var i = from; i < ids.Length && group.Count < GroupBlobs && bytes < GroupBytes; i++)
                    {
                        var blob = await OpenAsync(ids.Span[i], cancellationToken);
                        bytes += blob.Reader?.Info.Size ?? 0;
                        group.Enqueue(blob);
                    }

                    return group;
                }
                catch
                {
                    await DisposeAsync(group);
                    throw;
                }
            },
            cancellationToken);

    private async ValueTask<OpenedBlob> OpenAsync(BlobId id, CancellationToken cancellationToken)
    {
        BlobReader? reader = null;
        try
        {
            reader = await store.OpenAsync(id, cancellationToken);
            if (reader?.Info.Size <= VerifyingBlobStore.WholeBytes)
            {
                await reader.VerifyAheadAsync(cancellationToken);
            }

            return new OpenedBlob(id, reader, Failure: null);
        }
        catch (StoreException e)
        {
            // The turn of those before it comes first: they may fail as well, or be all that is wanted.
            await DisposeAsync(reader);
            return new OpenedBlob(id, Reader: null, e);
        }
        catch
        {
            await DisposeAsync(reader);
            throw;
        }
    }

    private static ValueTask DisposeAsync(BlobReader? reader) => reader?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static async ValueTask DisposeAsync(Queue<OpenedBlob> group)
    {
        while (group.TryDequeue(out var blob))
        {
            await DisposeAsync(blob.Reader);
        }
    }
}
