using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Blobs;
using RpcStore.Core.Journal;
using RpcStore.Core.Transfers;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Telemetry;

/// <summary>What is known of the server at any time, for instruments that are asked, by one reader at a time.</summary>
internal sealed class ServerState(
    string serverId,
    string version,
    IBlobStore store,
    ConnectionRegistry connections,
    TransferRegistry transfers,
    SessionRegistry sessions,
    IJournal journal)
{
    private Task<BlobStoreUsage>? asked;
    private BlobStoreUsage? last;

    /// <summary>The name of the data directory.</summary>
    public string ServerId => serverId;

    /// <summary>The version of the server.</summary>
    public string Version => version;

    /// <summary>Open connections.</summary>
    public int Connections => connections.Count;

    /// <summary>Transfers that run.</summary>
    public int RunningTransfers => transfers.CountRunning();

    /// <summary>Sessions that are open.</summary>
    public int Sessions => sessions.Count;

    /// <summary>The number of the last entry of the journal.</summary>
    public long JournalPosition => journal.LastPosition;

    /// <summary>Whether changes are refused because they could not be recorded.</summary>
    public bool IsJournalFailing => journal.Failure is not null;

    /// <summary>
    /// What the store holds: as it is now where the store knows at once, else as it was when it was last asked. Null while it
    /// does not know, as when its disk is gone.
    /// </summary>
    public BlobStoreUsage? Usage
    {
        get
        {
            var task = asked is { IsCompleted: false } running ? running : asked = AskAsync();
            if (task.IsCompleted)
            {
                last = task.IsCompletedSuccessfully ? task.Result : null;
            }

            return last;
        }
    }

    private async Task<BlobStoreUsage> AskAsync() => await store.GetUsageAsync(CancellationToken.None);
}
