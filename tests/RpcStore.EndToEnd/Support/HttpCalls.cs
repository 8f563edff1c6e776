using System.Text.Json.Nodes;

namespace RpcStore.EndToEnd.Support;

/// <summary>An error of the contract, as a call over <see cref="HttpCalls"/> got it.</summary>
internal sealed class CallFailedException(JsonNode error) : Exception(error.ToJsonString())
{
    public string Name { get; } = error["data"]?["name"]?.GetValue<string>() ?? "";

    public JsonNode Error { get; } = error;
}

/// <summary>Calls over <c>POST /rpc</c>, without the client library.</summary>
internal static class HttpCalls
{
    /// <summary>Calls a method.</summary>
    /// <param name="http">Where the server is, and with what credential.</param>
    /// <param name="method">Its name.</param>
    /// <param name="parameters">An object in JSON.</param>
    /// <param name="cancellationToken">Drops the request.</param>
    /// <exception cref="CallFailedException">The server answered with an error.</exception>
    public static async Task<JsonNode> CallAsync(
        this HttpClient http, string method, string parameters = "{}", CancellationToken cancellationToken = default)
    {
        using var body = new StringContent($$"""{"jsonrpc":"2.0","id":1,"method":"{{method}}","params":{{parameters}}}""");
        using var response = await http.PostAsync("/rpc", body, cancellationToken);
        var reply = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!;
        return reply["error"] is { } error ? throw new CallFailedException(error) : reply["result"]!;
    }

    /// <summary>Makes a call that has to fail.</summary>
    /// <returns>The error that the server answered with.</returns>
    public static async Task<CallFailedException> RefusedAsync(this HttpClient http, string method, string parameters = "{}") =>
        await Assert.ThrowsAsync<CallFailedException>(() => http.CallAsync(method, parameters));
}
