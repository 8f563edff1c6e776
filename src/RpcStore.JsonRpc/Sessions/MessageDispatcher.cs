namespace RpcStore.JsonRpc.Sessions;

/// <summary>Looks at what a message is and gives it to those who deal with it. To be called in a burst.</summary>
internal sealed class MessageDispatcher(
    CallDispatcher calls, OutgoingCalls outgoing, ProgressHandlers progress, Outbox outbox, RpcSessionOptions options)
{
    /// <summary>Deals with a message.</summary>
    /// <returns>False for a batch, which may take its time: it is to be given to <see cref="DispatchBatchAsync"/>.</returns>
    public bool TryDispatch(ReadOnlySpan<byte> message)
    {
        var envelope = EnvelopeParser.Parse(message, options.MaxMessageDepth);
        if (envelope.Kind == EnvelopeKind.Batch)
        {
            return false;
        }

        Dispatch(envelope, batch: null);
        return true;
    }

    /// <summary>
    /// Deals with a batch, waiting where more calls would run than may. One that has begun is dispatched to its end: the peer
    /// can make nothing of half an answer.
    /// </summary>
    public async ValueTask DispatchBatchAsync(ReadOnlyMemory<byte> message)
    {
        if (FindFault(EnvelopeParser.CountMembers(message.Span)) is { } fault)
        {
            calls.BeginBurst();
            calls.Refuse(RpcErrors.InvalidRequest(fault));
            calls.EndBurst();
            return;
        }

        var batch = new BatchReply(outbox);
        try
        {
            for (var position = 0; DispatchMembers(message.Span, ref position, batch);)
            {
                await calls.Running.WaitUntilAtMostAsync(options.MaxConcurrentCalls - 1, CancellationToken.None);
            }
        }
        finally
        {
            batch.End();
        }
    }

    private string? FindFault(int members) =>
        members == 0 ? "A batch must not be empty."
        : members > options.MaxBatchCalls ? $"A batch has at most {options.MaxBatchCalls} members (maxBatchCalls)."
        : null;

    /// <summary>Starts members until as many calls run as may.</summary>
    /// <returns>Whether members are left.</returns>
    private bool DispatchMembers(ReadOnlySpan<byte> message, ref int position, BatchReply batch)
    {
        calls.BeginBurst();
        try
        {
            while (calls.Running.Count < options.MaxConcurrentCalls)
            {
                if (!EnvelopeParser.TryNextMember(message, ref position, out var member))
                {
                    return false;
                }

                Dispatch(EnvelopeParser.Parse(member, options.MaxMessageDepth), batch);
            }

            return true;
        }
        finally
        {
            calls.EndBurst();
        }
    }

    private void Dispatch(in Envelope envelope, BatchReply? batch)
    {
        switch (envelope.Kind)
        {
            case EnvelopeKind.Notification when envelope.Method.StartsWith("$/"u8):
                DispatchProtocolNotification(envelope);
                break;

            case EnvelopeKind.Request or EnvelopeKind.Notification:
                calls.Start(envelope, batch);
                break;

            case EnvelopeKind.Response:
                outgoing.Answer(envelope);
                break;

            default:
                Refuse(envelope, batch);
                break;
        }
    }

    /// <summary>Those of the Language Server Protocol that this engine knows; others may be passed over, says the protocol.</summary>
    private void DispatchProtocolNotification(in Envelope notification)
    {
        if (notification.Method.SequenceEqual("$/cancelRequest"u8))
        {
            calls.Running.Cancel(JsonMembers.Find(notification.Parameters, "id"u8));
        }
        else if (notification.Method.SequenceEqual("$/progress"u8))
        {
            progress.Handle(notification.Parameters);
        }
    }

    private void Refuse(in Envelope envelope, BatchReply? batch)
    {
        // What is well-formed and refused all the same is a batch in a batch.
        var fault = envelope.Fault ?? "A member of a batch is an object, not another batch.";
        var error = envelope.Kind == EnvelopeKind.Broken ? RpcErrors.ParseError(fault) : RpcErrors.InvalidRequest(fault);
        if (batch is null)
        {
            calls.Refuse(error);
        }
        else
        {
            batch.AddError(error);
        }
    }
}
