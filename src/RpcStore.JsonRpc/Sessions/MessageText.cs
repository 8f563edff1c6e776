using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Writes the fixed parts of messages.</summary>
internal static class MessageText
{
    /// <summary>Writes a reply up to its result, which is to be followed by <see cref="End"/>.</summary>
    public static void BeginResult(MessageBuffer buffer, ReadOnlySpan<byte> id) =>
        buffer.Append("{\"jsonrpc\":\"2.0\",\"id\":"u8, id, ",\"result\":"u8);

    /// <summary>Writes a call or, where <paramref name="id"/> is null, a notification up to its parameters.</summary>
    public static void BeginCall(MessageBuffer buffer, long? id, string method)
    {
        buffer.Append("{\"jsonrpc\":\"2.0\","u8);
        if (id is { } number)
        {
            buffer.Append("\"id\":"u8);
            number.TryFormat(buffer.GetSpan(20), out var written, provider: System.Globalization.CultureInfo.InvariantCulture);
            buffer.Advance(written);
            buffer.Append(","u8);
        }

        buffer.Append("\"method\":"u8);
        var json = buffer.BeginValue();
        json.WriteStringValue(method);
        json.Flush();
    }

    /// <summary>Writes the parameters of a call; none when they are null, as JSON-RPC knows no null there.</summary>
    public static void WriteParameters<T>(MessageBuffer buffer, T parameters, JsonTypeInfo<T> type)
    {
        if (parameters is not null)
        {
            buffer.Append(",\"params\":"u8);
            WriteValue(buffer, parameters, type);
        }
    }

    /// <summary>Writes any value.</summary>
    public static void WriteValue<T>(MessageBuffer buffer, T value, JsonTypeInfo<T> type)
    {
        var json = buffer.BeginValue();
        JsonSerializer.Serialize(json, value, type);
        json.Flush();
    }

    /// <summary>Closes a message that one of the other members began.</summary>
    public static void End(MessageBuffer buffer) => buffer.Append("}"u8);

    /// <summary>Writes a whole reply that is an error.</summary>
    public static void WriteError(MessageBuffer buffer, ReadOnlySpan<byte> id, RpcError error)
    {
        buffer.Append("{\"jsonrpc\":\"2.0\",\"id\":"u8, id, ",\"error\":"u8);
        var json = buffer.BeginValue();
        json.WriteStartObject();
        json.WriteNumber("code"u8, error.Code);
        json.WriteString("message"u8, error.Message);
        if (error.Data is { } data)
        {
            json.WritePropertyName("data"u8);
            data.WriteTo(json);
        }

        json.WriteEndObject();
        json.Flush();
        End(buffer);
    }

    /// <summary>Writes a whole <c>$/progress</c> notification.</summary>
    public static void WriteProgress<T>(MessageBuffer buffer, ProgressToken token, T value, JsonTypeInfo<T> type)
    {
        BeginCall(buffer, id: null, "$/progress");
        buffer.Append(",\"params\":{\"token\":"u8);
        var json = buffer.BeginValue();
        token.WriteTo(json);
        json.Flush();
        buffer.Append(",\"value\":"u8);
        WriteValue(buffer, value, type);
        buffer.Append("}}"u8);
    }

    /// <summary>Writes a whole <c>$/cancelRequest</c> notification.</summary>
    public static void WriteCancel(MessageBuffer buffer, long id)
    {
        BeginCall(buffer, id: null, "$/cancelRequest");
        buffer.Append(",\"params\":{\"id\":"u8);
        var json = buffer.BeginValue();
        json.WriteNumberValue(id);
        json.Flush();
        buffer.Append("}}"u8);
    }
}
