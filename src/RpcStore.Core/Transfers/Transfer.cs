using RpcStore.Digests;

namespace RpcStore.Core.Transfers;

/// <summary>
/// One movement of bulk bytes while it lives: whoever moves the bytes reports here, whoever asks takes a snapshot. Safe to
/// use from any thread.
/// </summary>
public sealed class Transfer
{
    /// <summary>Corrupt blobs that a transfer names one by one; further ones are only counted.</summary>
    public const int MaxCorruptListed = 1000;

    private readonly Lock gate = new();
    private readonly CancellationTokenSource cancellation = new();
    private readonly TimeProvider time;
    private readonly List<BlobId> corrupt = [];
    private TransferState state;
    private DateTimeOffset? endedAt;
    private StoreException? error;
    private long? totalBytes;
    private long? totalItems;
    private long bytes;
    private long items;
    private long corruptItems;

    internal Transfer(string id, string token, TransferKind kind, string owner, TimeProvider time, TimeSpan lifetime)
    {
        Id = id;
        Token = token;
        Kind = kind;
        Owner = owner;
        this.time = time;
        CreatedAt = time.GetUtcNow();
        ExpiresAt = CreatedAt + lifetime;
    }

    /// <summary>128 random bits in hex.</summary>
    public string Id { get; }

    /// <summary>Which way the bytes move.</summary>
    public TransferKind Kind { get; }

    /// <summary>The account that asked for it.</summary>
    public string Owner { get; }

    /// <summary>What a download gives; null for the others, and for a download that ended a while ago.</summary>
    public TransferOrder? Order { get; internal set; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When it ends by itself if it is still pending.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>
    /// Fires when the session that asked for it has ended: it may not be used from then on, and whoever moves its bytes stops.
    /// </summary>
    public CancellationToken OwnerEnded { get; internal init; }

    /// <summary>Fires when somebody cancels it: whoever moves the bytes stops.</summary>
    public CancellationToken CancellationToken => cancellation.Token;

    /// <summary>How far it is now.</summary>
    public TransferState State
    {
        get
        {
            lock (gate)
            {
                ExpireIfDue();
                return state;
            }
        }
    }

    /// <summary>The permission to move the bytes.</summary>
    internal string Token { get; }

    /// <summary>Its place in the order of opening.</summary>
    internal long Sequence { get; init; }

    /// <summary>When it ended; null while it has not.</summary>
    internal DateTimeOffset? EndedAt
    {
        get
        {
            lock (gate)
            {
                ExpireIfDue();
                return endedAt;
            }
        }
    }

    /// <summary>Says how much there is to move.</summary>
    public void SetTotals(long newTotalItems, long newTotalBytes)
    {
        lock (gate)
        {
            (totalItems, totalBytes) = (newTotalItems, newTotalBytes);
        }
    }

    /// <summary>Counts bytes and blobs that moved.</summary>
    public void Advance(int movedItems, long movedBytes)
    {
        Interlocked.Add(ref items, movedItems);
        Interlocked.Add(ref bytes, movedBytes);
    }

    /// <summary>Records a blob that was found corrupt.</summary>
    public void ReportCorrupt(BlobId id)
    {
        lock (gate)
        {
            corruptItems++;
            if (corrupt.Count < MaxCorruptListed)
            {
                corrupt.Add(id);
            }
        }
    }

    /// <summary>Ends it as it should; a transfer that has ended stays as it is.</summary>
    public void Complete() => End(TransferState.Completed, null);

    /// <summary>Ends it with an error; a transfer that has ended stays as it is.</summary>
    public void Fail(StoreException reason) => End(TransferState.Failed, reason);

    /// <summary>Ends it and stops whoever moves the bytes; a transfer that has ended stays as it is.</summary>
    public void Cancel()
    {
        if (End(TransferState.Cancelled, null))
        {
            cancellation.Cancel();
        }
    }

    /// <summary>A picture of this moment.</summary>
    public TransferSnapshot Snapshot()
    {
        lock (gate)
        {
            ExpireIfDue();
            return new TransferSnapshot
            {
                Id = Id,
                Kind = Kind,
                State = state,
                Owner = Owner,
                Token = state == TransferState.Pending ? Token : null,
                CreatedAt = CreatedAt,
                ExpiresAt = ExpiresAt,
                EndedAt = endedAt,
                Bytes = Interlocked.Read(ref bytes),
                TotalBytes = totalBytes,
                Items = Interlocked.Read(ref items),
                TotalItems = totalItems,
                CorruptItems = corruptItems,
                Corrupt = [.. corrupt],
                Error = error,
            };
        }
    }

    /// <summary>Starts it, exactly once.</summary>
    /// <returns>The state that was found: it has started if and only if that is <see cref="TransferState.Pending"/>.</returns>
    internal TransferState TryStart()
    {
        lock (gate)
        {
            ExpireIfDue();
            var found = state;
            if (found == TransferState.Pending)
            {
                state = TransferState.Running;
            }

            return found;
        }
    }

    private bool End(TransferState end, StoreException? reason)
    {
        lock (gate)
        {
            ExpireIfDue();
            if (endedAt is not null)
            {
                return false;
            }

            (state, error, endedAt) = (end, reason, time.GetUtcNow());
            return true;
        }
    }

    private void ExpireIfDue()
    {
        if (state == TransferState.Pending && time.GetUtcNow() >= ExpiresAt)
        {
            (state, endedAt) = (TransferState.Expired, ExpiresAt);
        }
    }
}
