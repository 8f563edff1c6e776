using RpcStore.Digests;

namespace RpcStore.Core.Blobs;

/// <summary>
/// Keeps blobs that are needed from being removed, also by somebody who decided so a moment before they were needed. Whoever
/// removes blobs holds it from the question to the deed; whoever is about to reference a blob pins it first, or writes the
/// reference while holding it, and only then looks whether the blob is here. Safe to use from any thread.
/// </summary>
/// <remarks>
/// It orders those who share a process. A data directory has one server, so that is all of them.
/// </remarks>
/// <param name="sources">All that may need blobs.</param>
public sealed class BlobRetention(params IReadOnlyList<IBlobReferences> sources)
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly Dictionary<BlobId, int> pins = [];

    /// <summary>Waits until nobody else removes or references blobs.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>To be disposed soon: everybody else waits until then.</returns>
    public async ValueTask<IDisposable> HoldAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        return new Hold(gate);
    }

    /// <summary>Tells for each id whether the blob has to stay. Certain as long as the caller holds this.</summary>
    /// <param name="ids">The ids asked for.</param>
    /// <param name="needed">As long as <paramref name="ids"/>; each element is set.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    public async ValueTask FindAsync(ReadOnlyMemory<BlobId> ids, Memory<bool> needed, CancellationToken cancellationToken)
    {
        lock (pins)
        {
            for (var i = 0; i < ids.Length; i++)
            {
                needed.Span[i] = pins.Count > 0 && pins.ContainsKey(ids.Span[i]);
            }
        }

        foreach (var source in sources)
        {
            await source.FindAsync(ids, needed, cancellationToken);
        }
    }

    /// <summary>Keeps a blob, here or not, until <see cref="Unpin"/> was called as often.</summary>
    public async ValueTask PinAsync(BlobId id, CancellationToken cancellationToken)
    {
        using (await HoldAsync(cancellationToken))
        {
            lock (pins)
            {
                pins[id] = pins.GetValueOrDefault(id) + 1;
            }
        }
    }

    /// <summary>Lets go of blobs that were pinned.</summary>
    public void Unpin(IEnumerable<BlobId> ids)
    {
        lock (pins)
        {
            foreach (var id in ids)
            {
                if (pins[id] > 1)
                {
                    pins[id]--;
                }
                else
                {
                    pins.Remove(id);
                }
            }
        }
    }

    private sealed class Hold(SemaphoreSlim gate) : IDisposable
    {
        private SemaphoreSlim? gate = gate;

        public void Dispose() => Interlocked.Exchange(ref gate, null)?.Release();
    }
}
