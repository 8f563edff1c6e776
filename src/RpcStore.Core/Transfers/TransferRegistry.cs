using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;

namespace RpcStore.Core.Transfers;

/// <summary>How many transfers there may be, and how long they wait.</summary>
/// <param name="MaxTransfers">Transfers pending or running at once.</param>
/// <param name="Lifetime">How long a token waits to be used.</param>
public sealed record TransferLimits(int MaxTransfers, TimeSpan Lifetime)
{
    /// <summary>How long a transfer that has ended is remembered, as long as there are no more than <see cref="MaxRemembered"/>.</summary>
    public TimeSpan Memory { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Ended transfers that are remembered at the most.</summary>
    public int MaxRemembered { get; init; } = 10_000;
}

/// <summary>
/// Every transfer: opens them, finds them by id or token, forgets them. Safe to use from any thread.
/// </summary>
/// <remarks>
/// An id names a transfer and permits nothing; a token permits to move the bytes, once. Nothing runs in the background:
/// whoever looks finds expired transfers expired, and opening a transfer forgets old ones.
/// </remarks>
public sealed class TransferRegistry(TransferLimits limits, TimeProvider time)
{
    // 256 bits, as base64url without padding: 43 characters.
    private const int TokenBytes = 32;

    private readonly Lock gate = new();

    private readonly Dictionary<string, Transfer> byId = [];
    private readonly Dictionary<string, Transfer> byToken = [];

    // Those that had not ended when one was last opened, and those that had, the first to be forgotten first.
    private readonly List<Transfer> live = [];
    private readonly Queue<Transfer> ended = [];
    private long nextSequence = 1;
    private int maxTransfers = limits.MaxTransfers;

    /// <summary>Transfers pending or running at once; fewer than there are ends none.</summary>
    public int MaxTransfers
    {
        get => Volatile.Read(ref maxTransfers);
        set => Volatile.Write(ref maxTransfers, value);
    }

    /// <summary>Opens an upload.</summary>
    /// <param name="owner">The account that asks.</param>
    /// <param name="order">What it takes.</param>
    /// <param name="ownerEnded">Fires when the session that asks has ended.</param>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: there are too many.</exception>
    public Transfer OpenUpload(string owner, TransferOrder order, CancellationToken ownerEnded = default) =>
        Open(TransferKind.Upload, owner, order, ownerEnded);

    /// <summary>Opens a download.</summary>
    /// <param name="owner">The account that asks.</param>
    /// <param name="order">What it gives.</param>
    /// <param name="ownerEnded">Fires when the session that asks has ended.</param>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: there are too many.</exception>
    public Transfer OpenDownload(string owner, TransferOrder order, CancellationToken ownerEnded = default) =>
        Open(TransferKind.Download, owner, order, ownerEnded);

    /// <summary>Opens a scrub, which runs at once and has no token to be used.</summary>
    /// <param name="owner">The account that asks.</param>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: there are too many.</exception>
    public Transfer OpenScrub(string owner)
    {
        var transfer = Open(TransferKind.Scrub, owner, null, default);
        transfer.TryStart();
        return transfer;
    }

    /// <summary>Finds a transfer; null when there is none of this id, or none any more.</summary>
    public Transfer? Find(string id)
    {
        lock (gate)
        {
            return byId.GetValueOrDefault(id);
        }
    }

    /// <summary>Uses a token: it works once, for its own kind of transfer.</summary>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: the token is unknown, of the other kind, or expired; <see cref="Fault.Conflict"/>: it was
    /// used, or the transfer was cancelled.
    /// </exception>
    public Transfer Start(string token, TransferKind kind)
    {
        Transfer? transfer;
        lock (gate)
        {
            transfer = byToken.GetValueOrDefault(token);
        }

        if (transfer is null || transfer.Kind != kind)
        {
            throw Missing("There is no transfer with this URL.", "unknown");
        }

        if (transfer.OwnerEnded.IsCancellationRequested)
        {
            throw Missing("The session that opened this transfer has ended. Log in again and open another transfer.", "ended");
        }

        var found = transfer.TryStart();
        return found switch
        {
            TransferState.Pending => transfer,
            TransferState.Expired => throw Missing("The URL of this transfer was not used in time. Open another transfer.", "expired"),
            _ => throw new StoreException(Fault.Conflict, "The URL of this transfer was used before; it works once. Open another transfer.")
            {
                Details = new Dictionary<string, object> { ["id"] = transfer.Id, ["state"] = found.ToString().ToLowerInvariant() },
            },
        };
    }

    /// <summary>Lists transfers, the newest first.</summary>
    /// <param name="owner">Only those of this account; null for all.</param>
    /// <param name="state">Only those in this state; null for all.</param>
    /// <param name="cursor">Where the page before ended; null from the start.</param>
    /// <param name="limit">Transfers at the most.</param>
    /// <returns>The page, and the cursor of the next one; null at the end.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: the cursor is none.</exception>
    public (IReadOnlyList<TransferSnapshot> Page, string? Cursor) List(
        string? owner, TransferState? state, string? cursor, int limit)
    {
        var before = ParseCursor(cursor);
        Transfer[] all;
        lock (gate)
        {
            all = [.. byId.Values];
        }

        var page = all
            .Where(transfer => transfer.Sequence < before
                && (owner is null || transfer.Owner == owner)
                && (state is null || transfer.State == state))
            .OrderByDescending(transfer => transfer.Sequence)
            .Take(limit + 1)
            .ToList();
        var isLast = page.Count <= limit;
        var next = isLast ? null : page[limit - 1].Sequence.ToString(CultureInfo.InvariantCulture);
        return ([.. page.Take(limit).Select(transfer => transfer.Snapshot())], next);
    }

    /// <summary>Transfers whose bytes move now.</summary>
    public int CountRunning()
    {
        lock (gate)
        {
            return live.Count(transfer => transfer.State == TransferState.Running);
        }
    }

    private Transfer Open(TransferKind kind, string owner, TransferOrder? order, CancellationToken ownerEnded)
    {
        lock (gate)
        {
            Forget();
            if (live.Count >= MaxTransfers)
            {
                throw new StoreException(
                    Fault.Unavailable,
                    $"{MaxTransfers} transfers are pending or running (maxTransfers). Finish or cancel some, or try again later.")
                {
                    Details = new Dictionary<string, object> { ["reason"] = "maxTransfers" },
                };
            }

            var id = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(TokenBytes));
            var transfer = new Transfer(id, token, kind, owner, time, limits.Lifetime)
            {
                Order = order,
                OwnerEnded = ownerEnded,
                Sequence = nextSequence++,
            };
            live.Add(transfer);
            byId.Add(id, transfer);
            byToken.Add(token, transfer);
            return transfer;
        }
    }

    /// <summary>Sorts out those that have ended, and forgets the oldest of them.</summary>
    private void Forget()
    {
        live.RemoveAll(transfer =>
        {
            if (transfer.EndedAt is null)
            {
                return false;
            }

            // An order may name ten thousand blobs, and the transfer is remembered for an hour: only what it was is told then.
            transfer.Order = null;
            ended.Enqueue(transfer);
            return true;
        });

        var forgetBefore = time.GetUtcNow() - limits.Memory;
        while (ended.TryPeek(out var oldest) && (ended.Count > limits.MaxRemembered || oldest.EndedAt < forgetBefore))
        {
            ended.Dequeue();
            byId.Remove(oldest.Id);
            byToken.Remove(oldest.Token);
        }
    }

    private static long ParseCursor(string? cursor) =>
        cursor is null ? long.MaxValue
        : long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : throw new StoreException(Fault.Invalid, "The cursor is none that a listing gave.")
        {
            Details = new Dictionary<string, object> { ["pointer"] = "/cursor", ["reason"] = "not a cursor that a listing gave" },
        };

    private static StoreException Missing(string message, string reason) =>
        new(Fault.NotFound, message) { Details = new Dictionary<string, object> { ["reason"] = reason } };
}
