namespace RpcStore.JsonRpc.Sessions;

/// <summary>What a message, or a member of a batch, turned out to be.</summary>
internal enum EnvelopeKind
{
    /// <summary>Not JSON; <see cref="Envelope.Fault"/> says why.</summary>
    Broken,

    /// <summary>JSON, but nothing that JSON-RPC knows; <see cref="Envelope.Fault"/> says why.</summary>
    Invalid,

    /// <summary>A call, to be answered.</summary>
    Request,

    /// <summary>A call that is never answered.</summary>
    Notification,

    /// <summary>The answer to a call of this side.</summary>
    Response,

    /// <summary>An array of messages.</summary>
    Batch,
}

/// <summary>The members of a JSON-RPC message (sections 4 and 5 of the specification), as slices of its text.</summary>
internal ref struct Envelope
{
    /// <summary>What it is.</summary>
    public EnvelopeKind Kind;

    /// <summary>Why it cannot be used; null when it can.</summary>
    public string? Fault;

    /// <summary>The token of the id, byte for byte; empty when there is none.</summary>
    public ReadOnlySpan<byte> Id;

    /// <summary>The name of the method, without quotes and escapes.</summary>
    public ReadOnlySpan<byte> Method;

    /// <summary>The text of the parameters; empty when there are none.</summary>
    public ReadOnlySpan<byte> Parameters;

    /// <summary>The text of the result; empty when there is none.</summary>
    public ReadOnlySpan<byte> Result;

    /// <summary>The text of the error; empty when there is none, or it is null.</summary>
    public ReadOnlySpan<byte> Error;

    /// <summary>Something that cannot be used.</summary>
    public static Envelope Unusable(EnvelopeKind kind, string fault) => new() { Kind = kind, Fault = fault };
}
