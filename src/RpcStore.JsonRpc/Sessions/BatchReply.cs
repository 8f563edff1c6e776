namespace RpcStore.JsonRpc.Sessions;

/// <summary>Gathers the replies of a batch in one array, and sends it when the last one is there. Thread-safe.</summary>
internal sealed class BatchReply(Outbox outbox)
{
    private readonly Lock gate = new();
    private MessageBuffer? replies;

    /// <summary>Members that are to be answered yet, and one for the dispatcher while it has not seen all members.</summary>
    private int missing = 1;

    /// <summary>Makes the array wait for one more reply.</summary>
    public void Expect() => Interlocked.Increment(ref missing);

    /// <summary>Adds a reply that was expected.</summary>
    public void Add(ReadOnlySpan<byte> reply)
    {
        lock (gate)
        {
            replies ??= MessageBuffer.Rent();
            replies.Append(replies.Length == 0 ? "["u8 : ","u8);
            replies.Append(reply);
        }

        End();
    }

    /// <summary>Adds an error of a member that has no id.</summary>
    public void AddError(RpcError error)
    {
        using var reply = MessageBuffer.Rent();
        MessageText.WriteError(reply, "null"u8, error);
        Expect();
        Add(reply.Written.Span);
    }

    /// <summary>Tells that all members were seen, or that a reply is there.</summary>
    public void End()
    {
        if (Interlocked.Decrement(ref missing) == 0 && replies is { } all)
        {
            all.Append("]"u8);
            all.EndMessage();
            outbox.Post(all, promptly: true);
        }
    }
}
