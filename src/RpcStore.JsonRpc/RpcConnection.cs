namespace RpcStore.JsonRpc;

/// <summary>
/// What is known of the other side of a session. The engine only carries it from the endpoint that accepted the connection
/// to the handlers; a server derives from it to say who the caller is.
/// </summary>
public class RpcConnection
{
    /// <summary>A connection of which nothing is known.</summary>
    public static RpcConnection Anonymous { get; } = new();
}
