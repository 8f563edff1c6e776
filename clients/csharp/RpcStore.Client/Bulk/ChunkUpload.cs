using System.Runtime.ExceptionServices;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Bulk;

/// <summary>One chunk of an upload: asks what is missing, sends that and nothing else, and tells of every source.</summary>
internal sealed class ChunkUpload(IBlobsClient blobs, ServerHttp http, ProgressCounter progress, List<HashedSource> chunk)
{
    private readonly Dictionary<BlobId, UploadedBlob> outcomes = [];

    /// <summary>What ended the batch before all was sent; the outcomes that are known are valid all the same.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Sends what is missing. May be repeated after a connection was lost: what was stored is not sent again.</summary>
    /// <exception cref="RpcException">The server refused.</exception>
    /// <exception cref="IOException">The server was not reached, or the connection broke.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        outcomes.Clear();
        var distinct = chunk.Where(source => source.Failure is null).DistinctBy(source => source.Id).ToArray();
        if (distinct.Length == 0)
        {
            return;
        }

        var presence = await blobs.HasAsync(distinct.Select(source => source.Id).ToArray(), cancellationToken).ConfigureAwait(false);
        var missing = presence.Missing.ToArray().ToHashSet();
        foreach (var source in distinct.Where(source => !missing.Contains(source.Id)))
        {
            SetOutcome(source, UploadStatus.Existing);
        }

        if (missing.Count > 0)
        {
            await SendAsync([.. distinct.Where(source => missing.Contains(source.Id))], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What became of each source, in their order; those that a failure left open are left out.</summary>
    public IEnumerable<UploadedBlob> Results()
    {
        var told = new HashSet<BlobId>();
        foreach (var source in chunk)
        {
            if (source.Failure is { } failure)
            {
                yield return new UploadedBlob(source.Source.Name, source.Id, source.Size, UploadStatus.Unreadable, failure);
            }
            else if (outcomes.TryGetValue(source.Id, out var outcome))
            {
                // The second of two that are the same shares what became of the first, and is not counted as a blob again.
                var isDuplicate = !told.Add(source.Id) && outcome.IsOnServer;
                yield return outcome with
                {
                    Name = source.Source.Name,
                    Status = isDuplicate ? UploadStatus.Duplicate : outcome.Status,
                };
            }
        }
    }

    private async Task SendAsync(List<HashedSource> missing, CancellationToken cancellationToken)
    {
        var before = progress.Bytes;
        var transfer = await blobs.UploadAsync(cancellationToken).ConfigureAwait(false);
        using var content = new TarBatchContent(missing, progress);
        try
        {
            var entries = BatchUpload.SendAsync(http, transfer, content, cancellationToken);
            await foreach (var (index, entry) in entries.Index().ConfigureAwait(false))
            {
                SetOutcome(content.Sent, index, entry);
            }
        }
        catch (RpcException e) when (outcomes.Count > 0)
        {
            Failure = ExceptionDispatchInfo.Capture(e);
        }
        catch
        {
            progress.Move(before - progress.Bytes);
            throw;
        }
    }

    private void SetOutcome(List<(HashedSource Source, string? Failure)> sent, int index, BatchEntryResult entry)
    {
        if (index >= sent.Count || entry.Id != sent[index].Source.Id.ToString())
        {
            throw new InvalidDataException($"The server's answer has a result for '{entry.Id}', which was not sent there.");
        }

        var (source, failure) = sent[index];
        var status = entry.Status switch
        {
            BatchEntryStatus.Stored => UploadStatus.Stored,
            BatchEntryStatus.Existing => UploadStatus.Existing,
            BatchEntryStatus.Mismatch when failure is not null => UploadStatus.Unreadable,
            BatchEntryStatus.Mismatch => UploadStatus.Mismatch,
            _ => UploadStatus.Invalid,
        };
        SetOutcome(source, status, failure ?? entry.Reason, wasSent: true);
    }

    private void SetOutcome(HashedSource source, UploadStatus status, string? reason = null, bool wasSent = false)
    {
        outcomes[source.Id] = new UploadedBlob(source.Source.Name, source.Id, source.Size, status, reason);
        if (!wasSent)
        {
            progress.Move(source.Size);
        }
    }
}
