using System.Runtime.CompilerServices;
using RpcStore.Digests;

namespace RpcStore.Client.Bulk;

/// <summary>
/// Hashes sources, several at once, and puts them together in chunks that are sent one at a time. It reads no further ahead
/// than one chunk, so that a stream of sources without end needs no memory without end.
/// </summary>
internal sealed class UploadPlanner(UploadLimits limits, DigestFunction function, int hashingTasks, ProgressCounter progress)
{
    /// <summary>The chunks, none of them empty, in the order of the sources.</summary>
    public async IAsyncEnumerable<List<HashedSource>> PlanAsync(
        IAsyncEnumerable<BlobSource> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<HashedSource>();
        var bytes = 0L;
        await foreach (var hashed in HashAsync(sources, cancellationToken).ConfigureAwait(false))
        {
            progress.Expect(1, hashed.Size);
            if (chunk.Count > 0 && (chunk.Count == limits.Items || bytes + hashed.Size > limits.Bytes))
            {
                yield return chunk;
                chunk = [];
                bytes = 0;
            }

            chunk.Add(hashed);
            bytes += hashed.Size;
        }

        progress.ExpectNoMore();
        if (chunk.Count > 0)
        {
            yield return chunk;
        }
    }

    private async IAsyncEnumerable<HashedSource> HashAsync(
        IAsyncEnumerable<BlobSource> sources, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var running = new Queue<Task<HashedSource>>(hashingTasks);
        try
        {
            await foreach (var source in sources.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                running.Enqueue(Task.Run(() => HashedSource.ComputeAsync(source, function, cancellationToken), cancellationToken));
                if (running.Count == hashingTasks)
                {
                    yield return await running.Dequeue().ConfigureAwait(false);
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            // Whoever stops early waits for the files that are open; how their hashing ended is of no interest any more.
            await ((Task)Task.WhenAll(running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
