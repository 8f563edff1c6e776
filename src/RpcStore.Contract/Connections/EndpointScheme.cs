namespace RpcStore.Contract.Connections;

/// <summary>What an <see cref="EndpointUrl"/> reaches, and how a client that was given it talks.</summary>
public enum EndpointScheme
{
    /// <summary>A unix stream socket: <c>unix:PATH</c>.</summary>
    Unix,

    /// <summary>TCP: <c>tcp://HOST:PORT</c>.</summary>
    Tcp,

    /// <summary>TLS over TCP: <c>tls://HOST:PORT</c>, for clients also <c>tls://HOST:PORT#sha256:HEX</c>.</summary>
    Tls,

    /// <summary>TCP on this machine's addresses inside a prefix: <c>overlay://PREFIX/LENGTH:PORT</c>. For servers only.</summary>
    Overlay,

    /// <summary>WebSocket over a TCP endpoint: <c>ws://HOST:PORT</c>. For clients only.</summary>
    WebSocket,

    /// <summary>HTTP over a TCP endpoint: <c>http://HOST:PORT</c>. For clients only.</summary>
    Http,
}
