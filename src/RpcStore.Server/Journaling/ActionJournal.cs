using RpcStore.Core;
using RpcStore.Core.Journal;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Telemetry;
using JournalEntry = RpcStore.Core.Journal.JournalEntry;

namespace RpcStore.Server.Journaling;

/// <summary>
/// Decides what is recorded and when, for JSON-RPC and HTTP alike: changes before they are answered, the rest soon. Safe to
/// use from any thread.
/// </summary>
/// <param name="journal">Where entries go.</param>
/// <param name="scope">What is recorded.</param>
/// <param name="errors">Names what went wrong.</param>
/// <param name="metrics">Counts the blobs that were moved.</param>
/// <param name="time">What the time is.</param>
internal sealed class ActionJournal(IJournal journal, JournalScope scope, ErrorMapper errors, ServerMetrics metrics, TimeProvider time)
{
    /// <summary>How the journal takes a word of the contract.</summary>
    public static JournalKind ToKind(string word) => word switch
    {
        "change" => JournalKind.Change,
        "read" => JournalKind.Read,
        "query" => JournalKind.Query,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "Not a word of the contract for the journal."),
    };

    /// <summary>Whether an action of this kind is recorded when it goes well.</summary>
    public bool Records(JournalKind kind) => kind switch
    {
        JournalKind.Change => true,
        JournalKind.Read => scope != JournalScope.Changes,
        _ => scope == JournalScope.All,
    };

    /// <summary>Begins the record of an action.</summary>
    public ActionRecord Begin(string method, JournalKind kind, ServerConnection connection, Caller caller) =>
        new(method, kind, connection, caller, time.GetUtcNow());

    /// <summary>Why an action of this kind must not be done now: a change that could not be recorded is not made.</summary>
    public StoreException? Refuse(JournalKind kind) => kind == JournalKind.Change ? journal.Failure : null;

    /// <summary>Records an action that went well.</summary>
    public ValueTask RecordAsync(ActionRecord action) => RecordAsync(action, JournalEntry.Ok, isDone: true);

    /// <summary>Records an action that was refused or failed.</summary>
    /// <returns>The error to answer with.</returns>
    public async ValueTask<RpcError> RecordAsync(ActionRecord action, Exception failure)
    {
        var error = errors.Map(failure, action.Method);
        await RecordAsync(action, ErrorMapper.NameOf(error), isDone: true);
        return error;
    }

    /// <summary>Records an action that was refused before anything was done.</summary>
    public ValueTask RecordAsync(ActionRecord action, RpcError refusal) => RecordAsync(action, ErrorMapper.NameOf(refusal), isDone: false);

    /// <summary>
    /// A change is written before its answer even when it failed or its caller has given up: a part of it may have happened.
    /// For the rest there is room, or a wait that ends when the journal fails.
    /// </summary>
    private async ValueTask RecordAsync(ActionRecord action, string outcome, bool isDone)
    {
        if (action.IsRecorded)
        {
            return;
        }

        action.IsRecorded = true;
        metrics.CountBlobs(action);
        if (outcome == JournalEntry.Ok && !Records(action.Kind))
        {
            return;
        }

        var entry = action.ToEntry(outcome, time.GetUtcNow() - action.StartedAt);
        if (action.Kind == JournalKind.Change && isDone && journal.Failure is null)
        {
            await journal.AppendAsync(entry);
        }
        else
        {
            await journal.RecordAsync(entry);
        }
    }
}
