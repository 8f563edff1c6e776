using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>What a route of flists answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The outcome of an upload, or an error.</param>
internal sealed record FlistReply(int Status, JsonNode Body)
{
    /// <summary>The name of the error; empty when there is none.</summary>
    public string Error => (string?)Body["error"]?["data"]?["name"] ?? "";

    /// <summary>What the error says.</summary>
    public string Message => (string?)Body["error"]?["message"] ?? "";

    public string Digest => (string)Body["flist"]!["digest"]!;

    public FlistReply ShouldSucceed()
    {
        Assert.True(Status is 200 or 201, $"{Status} {Body}");
        return this;
    }

    public FlistReply ShouldFail(int status, string error, string reason)
    {
        Assert.True((Status, Error) == (status, error), $"{Status} {Body}");
        Assert.Contains(reason, Message);
        return this;
    }
}

/// <summary>Calls about flists over HTTP, without the client library.</summary>
internal static class FlistCalls
{
    /// <summary>Uploads a flist.</summary>
    /// <param name="http">Where the server is.</param>
    /// <param name="key"><c>ACCOUNT/NAME</c>, with a query if need be.</param>
    /// <param name="body">An archive or a <c>.fl</c>.</param>
    /// <param name="ifMatch">The digest that it must have; <c>none</c> when there must be none; null for anything.</param>
    /// <param name="cancellationToken">Drops the request.</param>
    public static async Task<FlistReply> PutFlistAsync(
        this HttpClient http, string key, HttpContent body, string? ifMatch = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "/flists/" + key) { Content = body };
        if (ifMatch == "none")
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        }
        else if (ifMatch is not null)
        {
            request.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{ifMatch}\""));
        }

        using var response = await http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return new FlistReply((int)response.StatusCode, JsonNode.Parse(text)!);
    }

    /// <inheritdoc cref="PutFlistAsync(HttpClient, string, HttpContent, string?, CancellationToken)"/>
    public static Task<FlistReply> PutFlistAsync(this HttpClient http, string key, byte[] body, string? ifMatch = null) =>
        http.PutFlistAsync(key, new ByteArrayContent(body), ifMatch);

    /// <summary>One flist.</summary>
    public static Task<JsonNode> GetFlistAsync(this HttpClient http, string key) => http.CallAsync("flists.get", ParametersOf(key));

    /// <summary>Reads every blob of one.</summary>
    public static Task<JsonNode> VerifyFlistAsync(this HttpClient http, string key) => http.CallAsync("flists.verify", ParametersOf(key));

    /// <summary>Deletes one.</summary>
    public static Task<JsonNode> DeleteFlistAsync(this HttpClient http, string key) => http.CallAsync("flists.delete", ParametersOf(key));

    /// <summary>All flists that the caller sees.</summary>
    public static async Task<List<JsonNode>> ListFlistsAsync(this HttpClient http)
    {
        var all = new List<JsonNode>();
        string? cursor = null;
        do
        {
            var page = await http.CallAsync("flists.list", cursor is null ? "{}" : new JsonObject { ["cursor"] = cursor }.ToJsonString());
            all.AddRange(page["flists"]!.AsArray().Select(flist => flist!));
            cursor = (string?)page["cursor"];
        }
        while (cursor is not null);
        return all;
    }

    /// <summary><c>ACCOUNT/NAME</c> of all flists that the caller sees.</summary>
    public static async Task<string[]> ListNamesAsync(this HttpClient http) => [.. (await http.ListFlistsAsync()).Select(NameOf)];

    /// <summary><c>ACCOUNT/NAME</c>.</summary>
    public static string NameOf(JsonNode flist) => $"{flist["account"]}/{flist["name"]}";

    private static string ParametersOf(string key) =>
        new JsonObject { ["account"] = key.Split('/')[0], ["name"] = key.Split('/')[1] }.ToJsonString();
}
