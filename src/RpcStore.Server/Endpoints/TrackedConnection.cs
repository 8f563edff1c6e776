using Microsoft.AspNetCore.Connections;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// One open connection as the registry sees it. It starts undecided; a session is attached to it when the connection speaks
/// JSON-RPC without HTTP, or over a WebSocket.
/// </summary>
internal sealed class TrackedConnection(ConnectionContext transport, ServerConnection connection, long openedAt)
{
    private readonly Lock gate = new();
    private RpcSession? session;
    private bool stopping;
    private bool handedToHttp;

    /// <summary>Where it came in, and who is on the other side.</summary>
    public ServerConnection Connection { get; } = connection;

    /// <summary>HTTP has its own watch over idle and slow connections.</summary>
    public void HandToHttp()
    {
        lock (gate)
        {
            handedToHttp = true;
        }
    }

    /// <summary>Puts a session under watch; one that comes while the server stops is stopped at once.</summary>
    public void Attach(RpcSession attached)
    {
        lock (gate)
        {
            session = attached;
            if (stopping)
            {
                attached.Stop();
            }
        }
    }

    /// <summary>Reads no further call; one that has not said what it speaks is closed.</summary>
    public void Stop()
    {
        lock (gate)
        {
            stopping = true;
            if (session is not null)
            {
                session.Stop();
            }
            else if (!handedToHttp)
            {
                transport.Transport.Input.CancelPendingRead();
            }
        }
    }

    /// <summary>Whether the server stops and this connection should not begin anything.</summary>
    public bool IsStopping
    {
        get
        {
            lock (gate)
            {
                return stopping;
            }
        }
    }

    /// <summary>Closes the connection when a limit of time has passed.</summary>
    public void Watch(TimeProvider time, TimeSpan idle, TimeSpan message)
    {
        RpcSession? current;
        lock (gate)
        {
            current = session;
            if (current is null && handedToHttp)
            {
                return;
            }
        }

        if (current is null)
        {
            // Undecided: either nothing was sent at all, or white space or the beginning of a word.
            if (time.GetElapsedTime(openedAt) > (HasSentBytes ? message : idle))
            {
                transport.Abort(new ConnectionAbortedException("The connection did not say what it speaks."));
            }

            return;
        }

        var since = current.PartialMessageSince;
        if (since != 0 && time.GetElapsedTime(since) > message)
        {
            current.Stop(ContractErrors.InvalidRequest(
                $"The message took longer than {message.TotalSeconds:0} seconds to come (messageSeconds).", "messageSeconds"));
        }
        else if (time.GetElapsedTime(current.LastActivity) > idle)
        {
            current.Stop();
        }
    }

    /// <summary>Whether bytes came that do not tell yet what the connection speaks.</summary>
    public bool HasSentBytes { get; set; }
}
