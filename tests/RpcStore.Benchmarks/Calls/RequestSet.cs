using System.Buffers.Text;

namespace RpcStore.Benchmarks.Calls;

/// <summary>Requests that are encoded ahead. The id of each is its place here, so that a reply tells whose it is.</summary>
internal sealed class RequestSet
{
    private const int FirstId = 10_000;
    private readonly byte[][] requests;

    /// <param name="framing">How they are encoded.</param>
    /// <param name="count">How many; at least as many as are outstanding at once.</param>
    /// <param name="body">Method and params of one, such as <c>"method":"m","params":{}</c>.</param>
    public RequestSet(Framing framing, int count, Func<int, string> body)
    {
        Framing = framing;
        requests = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            requests[i] = framing.Encode($$"""{"jsonrpc":"2.0","id":{{FirstId + i}},{{body(i)}}}""");
        }
    }

    public Framing Framing { get; }

    public int Count => requests.Length;

    public byte[] this[int index] => requests[index];

    /// <summary>Which request a message answers.</summary>
    /// <exception cref="InvalidDataException">It is an error or something else.</exception>
    public int IndexOf(ReadOnlySpan<byte> message)
    {
        var name = "\"id\":"u8;
        var at = message.IndexOf(name);
        if (at < 0
            || !Utf8Parser.TryParse(message[(at + name.Length)..], out int id, out var digits)
            || message[(at + name.Length + digits)..].StartsWith(",\"error\""u8))
        {
            throw new InvalidDataException($"No result: {System.Text.Encoding.UTF8.GetString(message[..Math.Min(300, message.Length)])}");
        }

        return id - FirstId;
    }
}
