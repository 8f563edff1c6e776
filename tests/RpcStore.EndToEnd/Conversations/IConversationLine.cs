using System.Text.Json;

namespace RpcStore.EndToEnd.Conversations;

/// <summary>A way to say messages to a server and to hear its answers.</summary>
internal interface IConversationLine : IAsyncDisposable
{
    /// <summary>Sends messages without waiting in between.</summary>
    /// <param name="requests">The messages.</param>
    /// <param name="answers">How many answers there have to be; further ones are given back too.</param>
    Task<IReadOnlyList<string>> ExchangeAsync(IReadOnlyList<string> requests, int answers);
}

/// <summary>
/// How to know that no further answer comes, where a connection carries many: a last call is made, and what was answered
/// before it is all there is, once there is as much as there has to be.
/// </summary>
internal static class LastCall
{
    public const string Message = """{"jsonrpc":"2.0","id":"the last call","method":"server.info"}""";

    public static async Task<IReadOnlyList<string>> CollectAsync(int answers, Func<Task<string>> receiveAsync)
    {
        var received = new List<string>();
        for (var isLast = false; !isLast || received.Count < answers;)
        {
            var message = await receiveAsync();
            using var json = JsonDocument.Parse(message);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
            {
                if (json.RootElement.TryGetProperty("method", out _))
                {
                    continue;
                }

                if (json.RootElement.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String && id.ValueEquals("the last call"))
                {
                    isLast = true;
                    continue;
                }
            }

            received.Add(message);
        }

        return received;
    }
}
