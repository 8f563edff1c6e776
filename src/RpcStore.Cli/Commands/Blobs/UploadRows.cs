using RpcStore.Cli.Output;
using RpcStore.Client.Bulk;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary>Results of uploads as rows.</summary>
internal static class UploadRows
{
    /// <summary>The row of a source.</summary>
    public static UploadRow Of(UploadedBlob blob) => new(
        blob.Id.IsValid ? blob.Id.ToString() : null,
        blob.Size,
        blob.Status switch
        {
            UploadStatus.Stored => "stored",
            UploadStatus.Existing => "existing",
            UploadStatus.Duplicate => "duplicate",
            UploadStatus.Mismatch => "mismatch",
            UploadStatus.Invalid => "invalid",
            _ => "unreadable",
        },
        blob.Name,
        blob.Reason);

    /// <summary>The row of an entry of a batch.</summary>
    public static UploadRow Of(BatchEntryResult entry) => new(
        entry.Id,
        entry.Size,
        entry.Status switch
        {
            BatchEntryStatus.Stored => "stored",
            BatchEntryStatus.Existing => "existing",
            BatchEntryStatus.Mismatch => "mismatch",
            _ => "invalid",
        },
        Reason: entry.Reason);

    /// <summary>What was wrong with a source; null when nothing was.</summary>
    public static string? ComplaintOf(UploadedBlob blob) =>
        blob.IsOnServer ? null : $"{blob.Name}: {blob.Reason ?? "it changed while it was stored"}";

    /// <summary>What was wrong with an entry; null when nothing was.</summary>
    public static string? ComplaintOf(BatchEntryResult entry) =>
        entry.Status is BatchEntryStatus.Mismatch or BatchEntryStatus.Invalid
            ? $"{entry.Id}: {entry.Reason ?? "its bytes do not have this digest"}"
            : null;
}
