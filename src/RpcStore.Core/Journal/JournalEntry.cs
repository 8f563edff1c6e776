namespace RpcStore.Core.Journal;

/// <summary>One action that somebody took, as the journal keeps it.</summary>
public sealed record JournalEntry
{
    /// <summary>The <see cref="Outcome"/> of what went well.</summary>
    public const string Ok = "ok";

    /// <summary>Where it is in the journal, larger than that of every entry before; 0 until it is there.</summary>
    public long Position { get; init; }

    /// <summary>When the action began; kept in whole microseconds.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Who: an account, <c>guest</c>, or <c>local</c>.</summary>
    public required string Account { get; init; }

    /// <summary>What they were allowed: <c>guest</c>, <c>user</c> or <c>admin</c>.</summary>
    public required string Role { get; init; }

    /// <summary>What: a method of the contract (<c>blobs.put</c>), or a route (<c>GET /blobs/{id}</c>).</summary>
    public required string Method { get; init; }

    /// <summary>How it ended: <see cref="Ok"/>, or the name of the contract's error.</summary>
    public required string Outcome { get; init; }

    /// <summary>How long it took; kept in whole microseconds.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The endpoint of the server that it came in by.</summary>
    public string? Endpoint { get; init; }

    /// <summary>The address that it came from; null on a unix socket.</summary>
    public string? Remote { get; init; }

    /// <summary>The session, where there was one.</summary>
    public string? SessionId { get; init; }

    /// <summary>Blobs received.</summary>
    public long BlobsIn { get; init; }

    /// <summary>Blobs sent.</summary>
    public long BlobsOut { get; init; }

    /// <summary>Bytes of blobs received.</summary>
    public long BytesIn { get; init; }

    /// <summary>Bytes of blobs sent.</summary>
    public long BytesOut { get; init; }

    /// <summary>What it was about: the id of a blob, a transfer, an account.</summary>
    public string? Subject { get; init; }

    /// <summary>More, for a person.</summary>
    public string? Detail { get; init; }

    // Twelve numbers of up to eight bytes and what SQLite adds to a row.
    internal long Size => 100L + Account.Length + Role.Length + Method.Length + Outcome.Length
        + (Endpoint?.Length ?? 0) + (Remote?.Length ?? 0) + (SessionId?.Length ?? 0) + (Subject?.Length ?? 0) + (Detail?.Length ?? 0);
}
