namespace RpcStore.JsonRpc;

/// <summary>What a session allows and whom it asks. Immutable; change with <c>with</c>.</summary>
public sealed record RpcSessionOptions
{
    /// <summary>The most that <see cref="MaxMessageDepth"/> may be: each level takes some of a thread's stack.</summary>
    public const int DeepestMessage = 1000;

    /// <summary>The defaults, which suit a client.</summary>
    public static RpcSessionOptions Default { get; } = new();

    /// <summary>Calls of the peer that run at once; further messages stay unread until one ends. At least 1.</summary>
    public int MaxConcurrentCalls { get; init; } = 128;

    /// <summary>Members of a batch; a longer one is refused whole. At least 1.</summary>
    public int MaxBatchCalls { get; init; } = 1000;

    /// <summary>Levels of arrays and objects in a message, from 2 to <see cref="DeepestMessage"/>.</summary>
    public int MaxMessageDepth { get; init; } = 32;

    /// <summary>Bytes of replies that wait to be sent before the session stops reading.</summary>
    public int MaxUnsentBytes { get; init; } = 1 << 20;

    /// <summary>
    /// How long calls may run on after the peer has ended its sending side, and how long the peer may take to read what is
    /// still to be sent when a session ends.
    /// </summary>
    public TimeSpan HalfCloseGrace { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Turns an exception that is no <see cref="RpcException"/> into an error. Null answers with
    /// <see cref="RpcErrorCode.InternalError"/> and tells nothing of the exception.
    /// </summary>
    public Func<Exception, CallContext, RpcError>? MapException { get; init; }

    /// <summary>Measures <see cref="HalfCloseGrace"/> and <see cref="RpcSession.LastActivity"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
