using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.Keys;

namespace RpcStore.EndToEnd.Support;

/// <summary>
/// Somebody on the network with a key and an account, who logs in and calls over HTTP without the client library. Safe to use
/// from any thread.
/// </summary>
internal sealed class Visitor : IDisposable
{
    private Visitor(PrivateKey key, string account, HttpClient http)
    {
        Key = key;
        Account = account;
        Http = http;
    }

    public PrivateKey Key { get; }

    public string Account { get; }

    /// <summary>Calls with the token.</summary>
    public HttpClient Http { get; }

    public string Token { get; private set; } = "";

    public string SessionId { get; private set; } = "";

    /// <summary>Makes the account with a key of its own, and logs in.</summary>
    /// <param name="server">Where.</param>
    /// <param name="local">Makes the account.</param>
    /// <param name="account">Its name.</param>
    /// <param name="role">Its role.</param>
    public static async Task<Visitor> CreateAsync(ServerProcess server, AdminClient local, string account, string role)
    {
        var visitor = new Visitor(PrivateKey.Generate(), account, new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") });
        await local.CallAsync("accounts.create", new JsonObject
        {
            ["name"] = account,
            ["role"] = role,
            ["publicKey"] = visitor.Key.PublicKey.Text,
        }.ToJsonString());
        await visitor.LoginAsync();
        return visitor;
    }

    /// <summary>Opens another session, in which it calls from now on.</summary>
    public async Task LoginAsync()
    {
        Http.DefaultRequestHeaders.Authorization = null;
        var challenge = await ChallengeAsync(Http, Key.PublicKey.Text);
        var signature = SshSignature.Sign(Key, Encoding.ASCII.GetBytes((string)challenge["text"]!));
        var login = await Http.CallAsync("auth.login", LoginOf(Key.PublicKey.Text, (string)challenge["nonce"]!, signature));
        (Token, SessionId) = ((string)login["token"]!, (string)login["sessionId"]!);
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    /// <summary>Asks for a challenge.</summary>
    public static Task<JsonNode> ChallengeAsync(HttpClient http, string publicKey) =>
        http.CallAsync("auth.challenge", new JsonObject { ["publicKey"] = publicKey }.ToJsonString());

    /// <summary>The parameters of a login.</summary>
    public static string LoginOf(string publicKey, string nonce, string signature) =>
        new JsonObject { ["publicKey"] = publicKey, ["nonce"] = nonce, ["signature"] = signature }.ToJsonString();

    public void Dispose()
    {
        Http.Dispose();
        Key.Dispose();
    }
}
