using RpcStore.Core.Transfers;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Reads every blob again and has the store put aside what is corrupt. One scrub runs at a time; whoever asks for another
/// joins it. Safe to use from any thread.
/// </summary>
/// <param name="store">The blobs; a store that verifies its reads.</param>
/// <param name="operations">Verifies a blob.</param>
/// <param name="transfers">Where scrubs are followed.</param>
/// <param name="failed">Told of what nobody foresaw; the scrub has failed then.</param>
public sealed class BlobScrubber(IBlobStore store, BlobOperations operations, TransferRegistry transfers, Action<Exception> failed)
{
    private readonly Lock gate = new();
    private Scrub? running;

    /// <summary>Starts a scrub, or joins the one that runs.</summary>
    /// <param name="owner">The account that asks.</param>
    /// <returns>The transfer to follow, and a task that ends with it and never fails.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: there are too many transfers.</exception>
    public (Transfer Transfer, Task Ended) Start(string owner)
    {
        lock (gate)
        {
            // One that was cancelled is on its way out: nobody who wants a scrub is served by it.
            if (running is not { Ended.IsCompleted: false, Transfer.CancellationToken.IsCancellationRequested: false })
            {
                var transfer = transfers.OpenScrub(owner);
                running = new Scrub(transfer, Task.Run(() => RunAsync(transfer)));
            }

            return (running.Transfer, running.Ended);
        }
    }

    private async Task RunAsync(Transfer transfer)
    {
        try
        {
            var usage = await store.GetUsageAsync(transfer.CancellationToken);
            transfer.SetTotals(usage.Blobs, usage.Bytes);
            await foreach (var blob in store.ListAsync(null, "", transfer.CancellationToken))
            {
                var (verdict, bytes) = await operations.VerifyAsync(blob.Id, transfer.CancellationToken);
                if (verdict == BlobVerdict.Corrupt)
                {
                    transfer.ReportCorrupt(blob.Id);
                }

                // One that was deleted meanwhile counts as done: it was among the totals.
                transfer.Advance(1, bytes);
            }

            transfer.Complete();
        }
        catch (OperationCanceledException) when (transfer.CancellationToken.IsCancellationRequested)
        {
            // Its state says so already.
        }
        catch (StoreException e)
        {
            transfer.Fail(e);
        }
        catch (Exception e)
        {
            transfer.Fail(new StoreException(Fault.Unavailable, "The scrub failed; the server's log says why.", e));
            failed(e);
        }
    }

    private sealed record Scrub(Transfer Transfer, Task Ended);
}
