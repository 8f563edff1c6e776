using System.Net;
using System.Text;

namespace RpcStore.EndToEnd.Conversations;

/// <summary>HTTP POST over the unix socket, one request a message.</summary>
internal sealed class PostLine(HttpClient client) : IConversationLine
{
    public async Task<IReadOnlyList<string>> ExchangeAsync(IReadOnlyList<string> requests, int answers)
    {
        var received = new List<string>();
        foreach (var request in requests)
        {
            using var content = new StringContent(request, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync("/rpc", content);
            var body = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.NoContent)
            {
                Assert.Empty(body);
                continue;
            }

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            received.Add(body);
        }

        return received;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }
}
