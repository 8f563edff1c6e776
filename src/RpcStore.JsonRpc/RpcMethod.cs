namespace RpcStore.JsonRpc;

/// <summary>
/// Reads the parameters, runs a method and gives its result to <see cref="CallContext.Reply{T}"/> or
/// <see cref="CallContext.ReplyAsync{T}"/>.
/// </summary>
/// <param name="parameters">
/// The JSON text of <c>params</c>, an object or an array, empty when the request has none. It is well-formed: valid UTF-8,
/// within the session's depth, and every string in it can be read. It is borrowed: everything needed of it must be read
/// before the first await.
/// </param>
/// <param name="context">The call.</param>
/// <exception cref="RpcException">The call is answered with this error; it may be thrown at once or through the task.</exception>
public delegate ValueTask RpcHandler(ReadOnlySpan<byte> parameters, CallContext context);

/// <summary>A method that a session can be asked for.</summary>
/// <param name="name">Its name as it is on the wire.</param>
/// <param name="access">Who may call it, in the words of the contract; the session does not look at it, whoever guards the method does.</param>
/// <param name="invoke">Runs it. Called on the reading loop, so it must not block; calls may overlap.</param>
public sealed class RpcMethod(string name, string access, RpcHandler invoke)
{
    /// <summary>The name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>Who may call it, in the words of the contract.</summary>
    public string Access { get; } = access;

    /// <summary>Runs it.</summary>
    public RpcHandler Invoke { get; } = invoke;
}
