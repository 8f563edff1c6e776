using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;
using RpcStore.Keys;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>
/// Logins that must not succeed, as whoever attacks the server over the network tries them. Each test comes from an address of
/// its own, because failed logins are counted by address.
/// </summary>
public sealed class LoginFaultTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly AdminClient local = new(fixture.Socket);

    public void Dispose()
    {
        local.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_key_that_no_account_has_is_told_so_only_with_a_right_signature()
    {
        using var guest = From(2);
        using var key = PrivateKey.Generate();
        var challenge = await Visitor.ChallengeAsync(guest, key.PublicKey.Text);
        await RefusedAsync(guest, key, challenge, Convert.ToBase64String(new byte[64]), "signature");
        await RefusedAsync(guest, key, challenge, Sign(key, challenge), "unknownKey");
    }

    [Fact]
    public async Task A_wrong_signature_opens_nothing_and_does_not_spend_the_nonce()
    {
        using var guest = From(3);
        using var visitor = await CreateAsync("wrong-signature");
        using var other = PrivateKey.Generate();
        var challenge = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        var right = Convert.FromBase64String(Raw(visitor.Key, (string)challenge["text"]!));
        var flipped = (byte[])right.Clone();
        flipped[40] ^= 1;
        foreach (var wrong in (byte[][])[new byte[64], flipped, right[..63], [.. right, 0], other.Sign(Encoding.ASCII.GetBytes((string)challenge["text"]!))])
        {
            await RefusedAsync(guest, visitor.Key, challenge, Convert.ToBase64String(wrong), "signature");
        }

        await RefusedAsync(guest, visitor.Key, challenge, Raw(visitor.Key, "something else"), "signature");
        Assert.Single((await SessionsAsync("wrong-signature")).AsArray());
        await LoginAsync(guest, visitor.Key, challenge, Convert.ToBase64String(right));
        Assert.Equal(2, (await SessionsAsync("wrong-signature")).AsArray().Count);
    }

    [Fact]
    public async Task A_nonce_works_once_for_its_own_key_and_as_it_was_given()
    {
        using var guest = From(4);
        using var visitor = await CreateAsync("one-nonce");
        using var other = await CreateAsync("other-nonce");
        var challenge = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        await RefusedAsync(guest, other.Key, challenge, Sign(other.Key, challenge), "nonce");
        var nonce = (string)challenge["nonce"]!;
        foreach (var touched in (string[])[nonce[..^1] + (nonce[^1] == 'A' ? 'Q' : 'A'), (nonce[0] == 'A' ? 'B' : 'A') + nonce[1..], nonce[..^4], "made-up"])
        {
            var made = challenge.DeepClone();
            (made["nonce"], made["text"]) = (touched, ((string)challenge["text"]!).Replace(nonce, touched, StringComparison.Ordinal));
            await RefusedAsync(guest, visitor.Key, made, Sign(visitor.Key, made), "nonce");
        }

        var signature = Sign(visitor.Key, challenge);
        await LoginAsync(guest, visitor.Key, challenge, signature);
        await RefusedAsync(guest, visitor.Key, challenge, signature, "used");
    }

    [Fact]
    public async Task Nonces_and_signatures_of_another_server_or_another_run_are_worth_nothing()
    {
        using var guest = From(5);
        using var visitor = await CreateAsync("two-servers");
        var mine = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        JsonNode before;
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            using var there = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{server.Port}") };
            before = await Visitor.ChallengeAsync(there, visitor.Key.PublicKey.Text);
            await RefusedAsync(guest, visitor.Key, before, Sign(visitor.Key, before), "nonce");

            // A server in the middle has something signed that names it, and brings that here with a nonce of this server.
            await RefusedAsync(guest, visitor.Key, mine, Sign(visitor.Key, before), "signature");
            var swapped = mine.DeepClone();
            var (id, otherId) = (((string)mine["text"]!).Split('\n')[1], ((string)before["text"]!).Split('\n')[1]);
            Assert.NotEqual(id, otherId);
            swapped["text"] = ((string)mine["text"]!).Replace(id, otherId, StringComparison.Ordinal);
            await RefusedAsync(guest, visitor.Key, mine, Sign(visitor.Key, swapped), "signature");
            await server.KillAsync();
        }

        await using var again = await ServerProcess.StartAsync(folder.Path);
        using var later = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{again.Port}") };
        await RefusedAsync(later, visitor.Key, before, Sign(visitor.Key, before), "nonce");
        await LoginAsync(guest, visitor.Key, mine, Sign(visitor.Key, mine));
    }

    [Theory]
    [InlineData("file", 6)]
    [InlineData("git", 7)]
    [InlineData("rpcstore.example.org", 8)]
    public async Task A_signature_that_ssh_keygen_made_for_something_else_is_refused(string space, byte host)
    {
        using var guest = From(host);
        using var visitor = await CreateAsync("space-" + host);
        PrivateKeyFile.Create(folder.File("key"), visitor.Key);
        var challenge = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        var refused = await RefusedAsync(guest, visitor.Key, challenge, await KeygenAsync(space, challenge), "signature");
        Assert.Contains("another namespace", refused.Message);
        await LoginAsync(guest, visitor.Key, challenge, await KeygenAsync("rpcstore", challenge));
    }

    [Fact]
    public async Task An_SSHSIG_that_was_cut_is_refused()
    {
        using var guest = From(9);
        using var visitor = await CreateAsync("cut");
        var challenge = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        var whole = Sign(visitor.Key, challenge);
        var lines = whole.TrimEnd().Split('\n');
        var blob = Convert.FromBase64String(string.Concat(lines[1..^1]));
        foreach (var length in (int[])[6, 10, 60, 90, blob.Length - 64, blob.Length - 1])
        {
            await RefusedAsync(guest, visitor.Key, challenge, $"{lines[0]}\n{Convert.ToBase64String(blob[..length])}\n{lines[^1]}\n", "signature");
        }

        foreach (var length in (int[])[lines[0].Length, whole.Length / 2, whole.TrimEnd().Length - 1])
        {
            await RefusedAsync(guest, visitor.Key, challenge, whole[..length], "signature");
        }

        await LoginAsync(guest, visitor.Key, challenge, whole);
    }

    [Fact]
    public async Task A_key_of_another_type_is_not_taken_for_the_one_that_its_label_names()
    {
        using var guest = From(10);
        using var visitor = await CreateAsync("labelled");
        using var ecdsa = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var lie = "ssh-ed25519 " + ecdsa.PublicKey.Text.Split(' ')[1];
        await NotAKeyAsync(guest, lie, "ecdsa-sha2-nistp256");
        await NotAKeyAsync(guest, "ecdsa-sha2-nistp256 " + visitor.Key.PublicKey.Text.Split(' ')[1], "ssh-ed25519");

        // The right key is claimed, and the signature holds another one, of another type.
        var challenge = await Visitor.ChallengeAsync(guest, visitor.Key.PublicKey.Text);
        var refused = await RefusedAsync(guest, visitor.Key, challenge, Sign(ecdsa, challenge), "signature");
        Assert.Contains("another key", refused.Message);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "small order")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "small order")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "small order")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "small order")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "small order")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "small order")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "canonical")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "canonical")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "canonical")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not on the curve")]
    public async Task A_point_that_proves_nothing_is_no_key_anywhere(string hex, string reason)
    {
        using var guest = From(11);
        var point = Convert.FromHexString(hex);
        byte[] line = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0, 0, 0, 32, .. point];
        byte[] spki = [0x30, 42, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 3, 33, 0, .. point];
        await NotAKeyAsync(guest, Convert.ToBase64String(point), reason);
        await NotAKeyAsync(guest, "ssh-ed25519 " + Convert.ToBase64String(line), reason);
        await NotAKeyAsync(guest, Convert.ToBase64String(spki), reason);
    }

    [Fact]
    public async Task Whoever_fails_too_often_waits_and_nobody_else_does()
    {
        using var guest = From(12);
        using var visitor = await CreateAsync("guessed-at");
        using var unknown = PrivateKey.Generate();
        var challenge = await Visitor.ChallengeAsync(guest, unknown.PublicKey.Text);
        var login = Visitor.LoginOf(unknown.PublicKey.Text, (string)challenge["nonce"]!, Convert.ToBase64String(new byte[64]));
        CallFailedException refused;
        for (var attempt = 1; (refused = await guest.RefusedAsync("auth.login", login)).Name == "unauthenticated"; attempt++)
        {
            Assert.True(attempt < 200, "Nobody has to wait.");
        }

        Assert.Equal("rateLimited", refused.Name);
        Assert.True((int)refused.Error["data"]!["retryAfter"]! >= 1);
        using var elsewhere = From(13);
        var right = await Visitor.ChallengeAsync(elsewhere, visitor.Key.PublicKey.Text);
        await LoginAsync(elsewhere, visitor.Key, right, Sign(visitor.Key, right));
    }

    private async Task NotAKeyAsync(HttpClient guest, string text, string reason)
    {
        var key = new JsonObject { ["publicKey"] = text };
        var (name, nonce, signature) = ("not-a-key", "x", Convert.ToBase64String(new byte[64]));
        await ExpectAsync(guest, "auth.challenge", key);
        await ExpectAsync(guest, "auth.login", new JsonObject { ["publicKey"] = text, ["nonce"] = nonce, ["signature"] = signature });
        await ExpectAsync(local.Http, "accounts.create", new JsonObject { ["name"] = name, ["role"] = "user", ["publicKey"] = text });
        await ExpectAsync(local.Http, "accounts.addKey", new JsonObject { ["name"] = name, ["publicKey"] = text });

        async Task ExpectAsync(HttpClient http, string method, JsonObject parameters)
        {
            var refused = await http.RefusedAsync(method, parameters.ToJsonString());
            Assert.Equal(("invalidParams", "/publicKey"), (refused.Name, (string?)refused.Error["data"]!["pointer"]));
            Assert.Contains(reason, (string?)refused.Error["data"]!["reason"]);
        }
    }

    private static async Task<CallFailedException> RefusedAsync(HttpClient guest, PrivateKey key, JsonNode challenge, string signature, string reason)
    {
        var login = Visitor.LoginOf(key.PublicKey.Text, (string)challenge["nonce"]!, signature);
        var refused = await guest.RefusedAsync("auth.login", login);
        Assert.Equal(("unauthenticated", reason), (refused.Name, (string?)refused.Error["data"]!["reason"]));
        return refused;
    }

    private static async Task LoginAsync(HttpClient guest, PrivateKey key, JsonNode challenge, string signature)
    {
        var login = await guest.CallAsync("auth.login", Visitor.LoginOf(key.PublicKey.Text, (string)challenge["nonce"]!, signature));
        Assert.StartsWith("rpcs_", (string?)login["token"]);
    }

    private async Task<string> KeygenAsync(string space, JsonNode challenge) => (await Command.RunAsync(
        "ssh-keygen", ["-q", "-Y", "sign", "-n", space, "-f", folder.File("key")], Encoding.ASCII.GetBytes((string)challenge["text"]!)))
        .ShouldSucceed().Output;

    private Task<Visitor> CreateAsync(string account) => Visitor.CreateAsync(fixture.Server, local, account, "user");

    private async Task<JsonNode> SessionsAsync(string account) =>
        (await local.CallAsync("auth.sessions", $$"""{"account":"{{account}}"}"""))["sessions"]!;

    private static string Sign(PrivateKey key, JsonNode challenge) => SshSignature.Sign(key, Encoding.ASCII.GetBytes((string)challenge["text"]!));

    private static string Raw(PrivateKey key, string text) => Convert.ToBase64String(key.Sign(Encoding.ASCII.GetBytes(text)));

    /// <summary>A guest at 127.0.0.HOST.</summary>
    private HttpClient From(byte host) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(new IPAddress([127, 0, 0, host]), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, fixture.Server.Port), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = new Uri("http://localhost"),
    };
}
