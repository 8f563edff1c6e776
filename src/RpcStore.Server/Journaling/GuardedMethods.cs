using RpcStore.Contract;
using RpcStore.JsonRpc;
using RpcStore.Server.Access;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Journaling;

/// <summary>
/// Stands before every method of the contract: lets in who may, and records what was done. There is no other way to a
/// service.
/// </summary>
/// <param name="journal">Where it is recorded.</param>
/// <param name="errors">Names what went wrong.</param>
internal sealed class GuardedMethods(ActionJournal journal, ErrorMapper errors)
{
    /// <summary>The methods behind their guard.</summary>
    /// <exception cref="InvalidOperationException">A method is not one of the contract.</exception>
    public IEnumerable<RpcMethod> Guard(IEnumerable<RpcMethod> methods)
    {
        var contract = ContractInfo.Methods.ToDictionary(method => method.Name);
        return methods.Select(method => contract.TryGetValue(method.Name, out var known)
            ? Guard(method, ActionJournal.ToKind(known.Journal))
            : throw new InvalidOperationException($"The contract has no method {method.Name}."));
    }

    private RpcMethod Guard(RpcMethod method, JournalKind kind)
    {
        var isRecorded = journal.Records(kind);
        return new RpcMethod(method.Name, method.Access, (parameters, call) =>
        {
            var connection = (ServerConnection)call.Connection;
            var caller = connection.Caller;
            var refusal = AccessPolicy.Check(method.Access, caller);
            if (refusal is null && !isRecorded)
            {
                return method.Invoke(parameters, call);
            }

            var action = journal.Begin(method.Name, kind, connection, caller);
            refusal ??= journal.Refuse(kind) is { } failure ? errors.Map(failure, method.Name) : null;
            if (refusal is not null)
            {
                return RefuseAsync(action, refusal);
            }

            var recorded = new RecordedCall(call, action);
            ValueTask run;
            try
            {
                run = method.Invoke(parameters, recorded);
            }
            catch (Exception e)
            {
                return FailAsync(action, e);
            }

            return FinishAsync(run, recorded);
        });
    }

    private async ValueTask RefuseAsync(ActionRecord action, RpcError refusal)
    {
        await journal.RecordAsync(action, refusal);
        throw new RpcException(refusal);
    }

    private async ValueTask FailAsync(ActionRecord action, Exception failure)
    {
        // Named and logged here once; the session answers with the same error. Its own word for a call that was cancelled
        // is the one that peers expect.
        var error = await journal.RecordAsync(action, failure);
        throw failure is OperationCanceledException ? failure : new RpcException(error, failure);
    }

    private async ValueTask FinishAsync(ValueTask run, RecordedCall call)
    {
        try
        {
            await run;
        }
        catch (Exception e)
        {
            await FailAsync(call.Action, e);
        }

        await journal.RecordAsync(call.Action);
        call.Release();
    }
}
