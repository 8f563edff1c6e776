using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Who wants to hear of the progress of which call. Thread-safe.</summary>
internal sealed class ProgressHandlers
{
    private readonly Lock gate = new();
    private Dictionary<ProgressToken, Handler>? handlers;

    private delegate void Handler(ReadOnlySpan<byte> value);

    /// <summary>Hands the values of a token to a handler until the returned object is disposed.</summary>
    public IDisposable Add<T>(ProgressToken token, JsonTypeInfo<T> type, Action<T> handler)
    {
        lock (gate)
        {
            (handlers ??= []).Add(token, value => Hand(value, type, handler));
        }

        return new Registration(this, token);
    }

    /// <summary>Hands on what a <c>$/progress</c> notification brings; nobody needs to wait for it.</summary>
    public void Handle(ReadOnlySpan<byte> parameters)
    {
        var token = JsonMembers.Find(parameters, "token"u8);
        var value = JsonMembers.Find(parameters, "value"u8);
        if (token.IsEmpty || value.IsEmpty)
        {
            return;
        }

        var reader = new Utf8JsonReader(token);
        reader.Read();
        Handler? handler = null;
        if (ProgressToken.TryRead(ref reader, out var key))
        {
            lock (gate)
            {
                handlers?.TryGetValue(key, out handler);
            }
        }

        handler?.Invoke(value);
    }

    private static void Hand<T>(ReadOnlySpan<byte> json, JsonTypeInfo<T> type, Action<T> handler)
    {
        T? value;
        try
        {
            value = JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException)
        {
            // Progress may be left out at any time; a value of another shape than agreed is worth no more than none.
            return;
        }

        handler(value!);
    }

    private sealed class Registration(ProgressHandlers owner, ProgressToken token) : IDisposable
    {
        public void Dispose()
        {
            lock (owner.gate)
            {
                owner.handlers!.Remove(token);
            }
        }
    }
}
