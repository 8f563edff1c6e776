using RpcStore.Client;
using RpcStore.Client.Access;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>Whom a client shows its token, and what it signs.</summary>
public sealed class LoginTests
{
    private const string Server = "7d1f0c2b9a8e4f6d5c3b2a190f8e7d6c";
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea";

    private static readonly EndpointUrl Endpoint = EndpointUrl.Parse("tcp://127.0.0.1:1");

    [Fact]
    public async Task A_token_is_shown_to_the_server_that_gave_it_only()
    {
        var credential = NewCredential("rpcs_secret", Server);
        Assert.Equal("rpcs_secret", await credential.ShowAsync(_ => new(Server), default));
        var error = await Assert.ThrowsAsync<RpcException>(() => credential.ShowAsync(_ => new("another"), default).AsTask());
        Assert.Equal(ErrorCodes.Unauthenticated, error.Error.Code);
        Assert.Contains("rpcstore --server tcp://127.0.0.1:1 login --key", error.Message);
        Assert.DoesNotContain("rpcs_secret", error.ToString());
    }

    [Fact]
    public async Task A_guest_and_a_client_that_trusts_the_address_ask_nobody()
    {
        static ValueTask<string> Never(CancellationToken cancellationToken) => throw new InvalidOperationException("asked");
        Assert.Null(await NewCredential(null, null).ShowAsync(Never, default));
        Assert.Equal("rpcs_secret", await NewCredential("rpcs_secret", null).ShowAsync(Never, default));
    }

    [Theory]
    [InlineData("The session has ended.")]
    [InlineData("The session has ended. Log in again.")]
    public void An_error_about_a_token_says_how_to_get_another(string message)
    {
        var credential = NewCredential("rpcs_secret", Server);
        var ended = credential.Explain(new RpcException(ContractErrors.Unauthenticated(message, "user")));
        Assert.Equal("The session has ended. Log in again with 'rpcstore --server tcp://127.0.0.1:1 login --key FILE'.", ended.Message);
        Assert.Equal("user", (string?)ended.Error.Data?["access"]);
        Assert.Same(ended, credential.Explain(ended));

        var other = new RpcException(ContractErrors.Forbidden("no"));
        Assert.Same(other, credential.Explain(other));
        var guest = new RpcException(ContractErrors.Unauthenticated("no"));
        Assert.Same(guest, NewCredential(null, null).Explain(guest));
    }

    [Fact]
    public void The_text_of_a_login_is_signed() =>
        KeyLogin.Check(NewChallenge($"rpcstore login 1\nserver {Server}\nkey {Key}\nnonce AAAA\nexpires 2026-11-21T09:02:00Z"), Server, Key);

    [Theory]
    [InlineData("")]
    [InlineData("rpcstore login 2\nserver {0}\nkey {1}\nnonce AAAA\nexpires 2026-11-21T09:02:00Z")]
    [InlineData("rpcstore login 1\nserver 00000000000000000000000000000000\nkey {1}\nnonce AAAA\nexpires 2026-11-21T09:02:00Z")]
    [InlineData("rpcstore login 1\nserver {0}\nkey ssh-ed25519 AAAA\nnonce AAAA\nexpires 2026-11-21T09:02:00Z")]
    [InlineData("rpcstore login 1\nserver {0}\nkey {1}\nnonce BBBB\nexpires 2026-11-21T09:02:00Z")]
    [InlineData("rpcstore login 1\nserver {0}\nkey {1}\nnonce AAAA\nexpires 2026-11-21T09:02:00Z\n")]
    [InlineData("rpcstore login 1\nserver {0}\nkey {1}\nnonce AAAA")]
    [InlineData("rpcstore login 1\nserver {0}\nkey {1}\nnonce AAAA\nexpires 2026-11-21T09:02:00Z é")]
    public void Anything_else_is_not(string text) =>
        Assert.Throws<InvalidDataException>(() => KeyLogin.Check(
            NewChallenge(text.Replace("{0}", Server, StringComparison.Ordinal).Replace("{1}", Key, StringComparison.Ordinal)), Server, Key));

    private static Challenge NewChallenge(string text) => new() { Nonce = "AAAA", Text = text, ExpiresAt = DateTimeOffset.UnixEpoch };

    private static Credential NewCredential(string? token, string? serverId) =>
        new(Endpoint, RpcStoreClientOptions.Default with { Token = token, TokenServerId = serverId });
}
