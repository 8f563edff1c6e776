using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>The calls that this side made and that are not answered yet, by their ids. Thread-safe.</summary>
internal sealed class OutgoingCalls
{
    private readonly Lock gate = new();
    private Dictionary<long, OutgoingCall>? calls;
    private long lastId;
    private RpcError? complaint;
    private bool isClosed;
    private Exception? closedBy;

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return calls?.Count ?? 0;
            }
        }
    }

    /// <summary>Makes a call with a new id.</summary>
    /// <exception cref="RpcConnectionLostException">The session has ended.</exception>
    public OutgoingCall<T> Add<T>(JsonTypeInfo<T> resultType)
    {
        var call = new OutgoingCall<T>(resultType);
        lock (gate)
        {
            ThrowIfClosed();
            call.Id = ++lastId;
            (calls ??= []).Add(call.Id, call);
        }

        return call;
    }

    /// <summary>Forgets a call.</summary>
    /// <returns>Whether it was not answered before.</returns>
    public bool Remove(long id)
    {
        lock (gate)
        {
            return calls?.Remove(id) == true;
        }
    }

    /// <exception cref="RpcConnectionLostException">The session has ended.</exception>
    public void ThrowIfClosed()
    {
        if (isClosed)
        {
            throw Lost();
        }
    }

    /// <summary>Ends the call that a response answers; a response to nothing is passed over.</summary>
    public void Answer(in Envelope response)
    {
        if (response.Id.SequenceEqual("null"u8) && !response.Error.IsEmpty)
        {
            // The peer could not tell which call it complains of. If it hangs up now, this says why.
            complaint = ReadError(response.Error);
            return;
        }

        if (Take(response.Id) is not { } call)
        {
            return;
        }

        if (!response.Error.IsEmpty)
        {
            call.Fail(new RpcException(ReadError(response.Error)));
        }
        else
        {
            call.Complete(response.Result);
        }
    }

    /// <summary>Fails all calls, and those that are made later.</summary>
    /// <param name="cause">The failure of the transport; null when it ended in order.</param>
    public void Close(Exception? cause)
    {
        OutgoingCall[] lost;
        lock (gate)
        {
            isClosed = true;
            closedBy = cause;
            lost = calls is null ? [] : [.. calls.Values];
            calls = null;
        }

        foreach (var call in lost)
        {
            call.Fail(Lost());
        }
    }

    private OutgoingCall? Take(ReadOnlySpan<byte> id)
    {
        if (!Utf8Parser.TryParse(id, out long number, out var length) || length != id.Length)
        {
            return null;
        }

        lock (gate)
        {
            OutgoingCall? call = null;
            calls?.Remove(number, out call);
            return call;
        }
    }

    private RpcConnectionLostException Lost()
    {
        var said = complaint is null ? null : new RpcException(complaint);
        return said is not null && closedBy is null
            ? new RpcConnectionLostException("The peer closed the connection: " + said.Message, said)
            : new RpcConnectionLostException("The connection was lost before the call was answered.", closedBy ?? said);
    }

    /// <summary>Reads an error object as leniently as can be: whatever it is, the call has failed.</summary>
    private static RpcError ReadError(ReadOnlySpan<byte> json)
    {
        var code = JsonMembers.Find(json, "code"u8);
        var message = JsonMembers.Find(json, "message"u8);
        var data = JsonMembers.Find(json, "data"u8);
        return new RpcError(
            int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : RpcErrorCode.InternalError,
            ReadString(message) ?? "The peer sent an error without a message.",
            data.IsEmpty ? null : ReadNode(data));
    }

    private static string? ReadString(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return !json.IsEmpty && reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    private static JsonNode? ReadNode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        return JsonNode.Parse(ref reader);
    }
}
