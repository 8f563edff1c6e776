using RpcStore.Core.Tar;

namespace RpcStore.Core.Blobs.Tar;

/// <summary>
/// Stores a tar batch (spec/tar-batch.md, sections 1 and 2) with memory that depends neither on its length nor on the size
/// of its blobs. Safe to use from any thread; each run is on its own.
/// </summary>
/// <param name="store">Where the blobs go.</param>
/// <param name="limits">How large a batch may be.</param>
public sealed class BatchIngest(IBlobStore store, BatchLimits limits)
{
    // What may wait for one flush. A flush costs about as much as writing ten megabytes, so a gigabyte hides it; the
    // entries bound the memory that their outcomes take.
    private const int EntriesPerCommit = 16_384;
    private const long BytesPerCommit = 1L << 30;

    /// <summary>Reads a batch to its end.</summary>
    /// <param name="input">The tar, or a gzip of it. Not disposed.</param>
    /// <param name="sink">Gets the outcome of every entry.</param>
    /// <param name="progress">Told after each entry: blobs and bytes since the last time.</param>
    /// <param name="cancellationToken">Stops; what was committed stays, and the rest leaves nothing.</param>
    /// <returns>
    /// What became of the batch, also when something ended it early: a malformed tar, a passed limit, a full or failing
    /// disk. Then the whole entries before it are stored as far as the disk takes them.
    /// </returns>
    /// <exception cref="IOException">The input broke. The whole entries that came before are stored.</exception>
    public async Task<BatchOutcome> RunAsync(
        Stream input, IBatchOutcomeSink sink, Action<int, long> progress, CancellationToken cancellationToken)
    {
        await using var run = new Run(store.BeginBatch(), sink, progress);
        StoreException? error = null;
        try
        {
            var (prefix, isGzip) = await GzipPrefix.DetectAsync(input, cancellationToken);
            await using var unpacked = isGzip ? StrictGzip.Open(prefix) : prefix;
            using var reader = new TarBatchReader(unpacked, limits);
            await ReadAllAsync(reader, run, cancellationToken);
        }
        catch (StoreException e)
        {
            error = e;
        }
        catch (InvalidDataException e)
        {
            error = new StoreException(Fault.Invalid, $"The gzip data of the tar batch are broken: {e.Message}", e)
            {
                Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = "broken gzip data" },
            };
        }
        catch (IOException)
        {
            // The sender is gone, but what came whole saves it from sending that again.
            await run.CommitAsync(CancellationToken.None);
            throw;
        }

        try
        {
            await run.CommitAsync(cancellationToken);
        }
        catch (StoreException e)
        {
            error ??= e;
        }

        return run.Outcome(error);
    }

    private static async ValueTask ReadAllAsync(TarBatchReader reader, Run run, CancellationToken cancellationToken)
    {
        while (await reader.ReadEntryAsync(cancellationToken) is { } entry)
        {
            await run.TakeAsync(entry, reader.Content, cancellationToken);
            if (run.PendingEntries >= EntriesPerCommit || run.PendingBytes >= BytesPerCommit)
            {
                await run.CommitAsync(cancellationToken);
            }
        }
    }

    /// <summary>One run: what waits for the next commit, and what is counted.</summary>
    private sealed class Run(BlobWriteBatch batch, IBatchOutcomeSink sink, Action<int, long> progress) : IAsyncDisposable
    {
        private readonly List<BatchEntryOutcome> pending = [];
        private long stored;
        private long existing;
        private long failed;
        private long bytes;

        public int PendingEntries => pending.Count;

        public long PendingBytes { get; private set; }

        public async ValueTask TakeAsync(TarEntry entry, Stream content, CancellationToken cancellationToken)
        {
            if (entry.Invalid is { } reason)
            {
                pending.Add(new BatchEntryOutcome(entry, BatchEntryStatus.Invalid, reason));
                return;
            }

            var result = await batch.AddAsync(entry.Id, entry.Size, content, cancellationToken);
            pending.Add(result.Status switch
            {
                BlobAddStatus.Stored => new BatchEntryOutcome(entry, BatchEntryStatus.Stored, null),
                BlobAddStatus.Existing => new BatchEntryOutcome(entry, BatchEntryStatus.Existing, null),
                _ => new BatchEntryOutcome(entry, BatchEntryStatus.Mismatch, $"the bytes have the digest {result.Actual}"),
            });
            PendingBytes += result.Status == BlobAddStatus.Stored ? entry.Size : 0;
            progress(1, entry.Size);
        }

        public async ValueTask CommitAsync(CancellationToken cancellationToken)
        {
            if (pending.Count == 0)
            {
                return;
            }

            // Also when nothing is new: what is here already may have been put by another batch whose flush still runs, and
            // the outcome promises that it is durable.
            await batch.CommitAsync(cancellationToken);

            var outcomes = pending.ToArray();
            pending.Clear();
            PendingBytes = 0;
            Count(outcomes);
            await sink.WriteAsync(outcomes, cancellationToken);
        }

        public BatchOutcome Outcome(StoreException? error) => new(stored, existing, failed, bytes, error);

        public ValueTask DisposeAsync() => batch.DisposeAsync();

        private void Count(ReadOnlySpan<BatchEntryOutcome> outcomes)
        {
            foreach (var outcome in outcomes)
            {
                switch (outcome.Status)
                {
                    case BatchEntryStatus.Stored:
                        stored++;
                        bytes += outcome.Entry.Size;
                        break;
                    case BatchEntryStatus.Existing:
                        existing++;
                        break;
                    default:
                        failed++;
                        break;
                }
            }
        }
    }
}
