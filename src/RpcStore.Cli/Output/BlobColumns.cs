using RpcStore.Digests;

namespace RpcStore.Cli.Output;

/// <summary>The columns that several commands print.</summary>
internal static class BlobColumns
{
    /// <summary>Room for a SHA-256 id.</summary>
    public const int IdWidth = 64;

    /// <summary>An id and a word.</summary>
    public static Column<BlobStatus>[] Status { get; } =
    [
        new("ID", row => row.Id.ToString()) { Width = IdWidth },
        new("STATUS", row => row.Status),
    ];

    /// <summary>An id, a size and a time.</summary>
    public static Column<BlobFacts>[] Facts { get; } =
    [
        new("ID", row => row.Id.ToString()) { Width = IdWidth },
        new("SIZE", row => row.Size is { } size ? Text.Number(size) : "-")
        {
            Human = row => row.Size is { } size ? Text.Size(size) : "-",
            Width = 9,
            IsNumber = true,
        },
        new("STORED", row => row.StoredAt ?? row.Status)
        {
            Human = row => row.StoredAt is { } time ? Text.ShortTime(DateTimeOffset.Parse(time, null)) : row.Status,
        },
    ];

    /// <summary>An id alone: nothing but that, so that a script needs no knife.</summary>
    public static Column<BlobId>[] IdAlone { get; } = [new("ID", id => id.ToString())];
}
