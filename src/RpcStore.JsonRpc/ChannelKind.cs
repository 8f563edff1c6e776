namespace RpcStore.JsonRpc;

/// <summary>What a session may expect of the transport behind a channel.</summary>
public enum ChannelKind
{
    /// <summary>
    /// A stream whose directions end separately, such as a socket: a peer that sends nothing more still reads, so its calls
    /// are answered before the session ends, within <see cref="RpcSessionOptions.HalfCloseGrace"/>.
    /// </summary>
    HalfClosing,

    /// <summary>A connection that ends as a whole, such as a WebSocket: at its end nobody is left to answer.</summary>
    Closing,

    /// <summary>
    /// One message and its reply, such as an HTTP request: the end after the message is no sign of anything, and there is
    /// nobody to send notifications to.
    /// </summary>
    Exchange,
}
