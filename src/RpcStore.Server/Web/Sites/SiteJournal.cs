using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RpcStore.Core;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// Records who read sites. A page has dozens of files and a site thousands of readers a second, so all that one account reads of
/// one site from one address within half a second is one entry, with the number of requests and all of their bytes. Safe to use
/// from any thread.
/// </summary>
internal sealed class SiteJournal : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // What does not fit is written at once, one entry a request.
    private const int MaxTallies = 8192;

    private readonly ActionJournal journal;
    private readonly ILogger<SiteJournal> log;
    private readonly TimeProvider time;
    private readonly Lock gate = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task writing;
    private Dictionary<Key, Tally> tallies = [];

    /// <summary>Begins to gather.</summary>
    /// <param name="journal">Where entries go.</param>
    /// <param name="log">Told what cannot be written.</param>
    /// <param name="time">The clock.</param>
    public SiteJournal(ActionJournal journal, ILogger<SiteJournal> log, TimeProvider time)
    {
        (this.journal, this.log, this.time) = (journal, log, time);
        writing = Task.Run(WriteForeverAsync);
    }

    /// <summary>Counts a request that was answered.</summary>
    /// <param name="method">What was done, such as <c>GET site</c>.</param>
    /// <param name="site">The site.</param>
    /// <param name="connection">Who asked.</param>
    /// <param name="bytes">Bytes of content that went out; a request without any is a question.</param>
    public void Count(string method, SiteSlot site, ServerConnection connection, long bytes)
    {
        var kind = bytes > 0 ? JournalKind.Read : JournalKind.Query;
        if (journal.Records(kind))
        {
            Count(method, kind, site, connection, null, bytes);
        }
    }

    /// <summary>Counts a request that was refused or failed.</summary>
    /// <param name="method">What was to be done.</param>
    /// <param name="site">The site.</param>
    /// <param name="connection">Who asked.</param>
    /// <param name="error">Why it was not.</param>
    /// <param name="bytes">Bytes of content that went out before.</param>
    public void Count(string method, SiteSlot site, ServerConnection connection, RpcError error, long bytes = 0) =>
        Count(method, JournalKind.Read, site, connection, error, bytes);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await writing;
        await WriteAsync();
        closing.Dispose();
    }

    private void Count(string method, JournalKind kind, SiteSlot site, ServerConnection connection, RpcError? error, long bytes)
    {
        var caller = connection.Caller;
        var key = new Key(
            method, kind, site.Subject, caller.Account, caller.Session?.Id, connection.RemoteHost, connection.Endpoint, error?.Code ?? 0);
        Tally? full = null;
        lock (gate)
        {
            ref var tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out var isKnown);
            if (!isKnown)
            {
                tally = new Tally(journal.Begin(method, kind, connection, caller), error);
                tally.Action.Subject = site.Subject;
                if (tallies.Count > MaxTallies)
                {
                    full = tally;
                    tallies.Remove(key);
                    full.Requests = 1;
                    full.Bytes = bytes;
                }
            }

            if (full is null)
            {
                tally!.Requests++;
                tally.Bytes += bytes;
            }
        }

        if (full is not null)
        {
            _ = RecordAsync(full);
        }
    }

    private async Task WriteForeverAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(Interval, time, closing.Token);
                await WriteAsync();
            }
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private async Task WriteAsync()
    {
        Dictionary<Key, Tally> taken;
        lock (gate)
        {
            if (tallies.Count == 0)
            {
                return;
            }

            (taken, tallies) = (tallies, []);
        }

        foreach (var tally in taken.Values)
        {
            await RecordAsync(tally);
        }
    }

    private async Task RecordAsync(Tally tally)
    {
        var action = tally.Action;
        action.CountOut(0, tally.Bytes);
        if (tally.Requests > 1)
        {
            action.Detail = string.Create(CultureInfo.InvariantCulture, $"{tally.Requests} requests");
        }

        try
        {
            await (tally.Error is { } error ? journal.RecordAsync(action, error) : journal.RecordAsync(action));
        }
        catch (Exception e) when (e is StoreException or ObjectDisposedException)
        {
            // The journal fails and its buffer is full: it says itself for how long it did.
            log.SiteReadsNotRecorded(tally.Requests, e.Message);
        }
    }

    private readonly record struct Key(
        string Method, JournalKind Kind, string Subject, string? Account, string? Session, string? Remote, object Endpoint, int Error)
    {
        public override int GetHashCode() => HashCode.Combine(Subject, Account, Remote, Error);
    }

    private sealed class Tally(ActionRecord action, RpcError? error)
    {
        public ActionRecord Action => action;

        public RpcError? Error => error;

        public long Requests { get; set; }

        public long Bytes { get; set; }
    }
}
