using RpcStore.Core.Journal;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Journaling;

/// <summary>
/// What will be known of one action when it ends. Whoever carries it out adds what it learns; counts may be added from any
/// thread, the rest by one at a time.
/// </summary>
/// <param name="method">The method or route, as the contract writes it.</param>
/// <param name="kind">How the journal takes it.</param>
/// <param name="connection">Where it came in.</param>
/// <param name="caller">Who asked.</param>
/// <param name="startedAt">When it began.</param>
internal sealed class ActionRecord(string method, JournalKind kind, ServerConnection connection, Caller caller, DateTimeOffset startedAt)
{
    private long blobsIn;
    private long blobsOut;
    private long bytesIn;
    private long bytesOut;

    /// <summary>The method or route.</summary>
    public string Method => method;

    /// <summary>How the journal takes it.</summary>
    public JournalKind Kind => kind;

    /// <summary>Whether it was recorded; it is once.</summary>
    public bool IsRecorded { get; set; }

    /// <summary>The account that it counts for; the caller's unless somebody else is found to be meant, as by a login.</summary>
    public string Account { get; set; } = caller.Account ?? Caller.GuestName;

    /// <summary>The session that it was done in, or that it opened.</summary>
    public string? SessionId { get; set; } = caller.Session?.Id;

    /// <summary>What it was about.</summary>
    public string? Subject { get; set; }

    /// <summary>More, for a person.</summary>
    public string? Detail { get; set; }

    /// <summary>Blobs that came in so far.</summary>
    public long BlobsIn => Interlocked.Read(ref blobsIn);

    /// <summary>Blobs that went out so far.</summary>
    public long BlobsOut => Interlocked.Read(ref blobsOut);

    /// <summary>Bytes of blobs that came in so far.</summary>
    public long BytesIn => Interlocked.Read(ref bytesIn);

    /// <summary>Bytes of blobs that went out so far.</summary>
    public long BytesOut => Interlocked.Read(ref bytesOut);

    /// <summary>Counts blobs and their bytes that came in.</summary>
    public void CountIn(int blobs, long bytes)
    {
        Interlocked.Add(ref blobsIn, blobs);
        Interlocked.Add(ref bytesIn, bytes);
    }

    /// <summary>Counts blobs and their bytes that went out.</summary>
    public void CountOut(int blobs, long bytes)
    {
        Interlocked.Add(ref blobsOut, blobs);
        Interlocked.Add(ref bytesOut, bytes);
    }

    /// <summary>What the journal keeps of it.</summary>
    /// <param name="outcome"><see cref="JournalEntry.Ok"/> or the name of an error.</param>
    /// <param name="duration">How long it took.</param>
    public JournalEntry ToEntry(string outcome, TimeSpan duration) => new()
    {
        Time = startedAt,
        Account = Account,
        Role = caller.Role.ToString().ToLowerInvariant(),
        Method = method,
        Outcome = outcome,
        Duration = duration,
        Endpoint = connection.EndpointText,
        Remote = connection.RemoteAddress,
        SessionId = SessionId,
        Subject = Subject,
        Detail = Detail,
        BlobsIn = BlobsIn,
        BlobsOut = BlobsOut,
        BytesIn = BytesIn,
        BytesOut = BytesOut,
    };

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt => startedAt;
}
