using System.Text;
using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Keys;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Accounts.AccountsUnderTest;

namespace RpcStore.Tests.Accounts;

public sealed class LoginTests
{
    [Fact]
    public async Task The_text_is_as_specified()
    {
        await using var test = await OpenAsync();
        using var key = PrivateKey.Generate();
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var lines = challenge.Text.Split('\n');
        Assert.Equal(
            [
                "rpcstore login 1",
                $"server {ServerId}",
                $"key {key.PublicKey.Text}",
                $"nonce {challenge.Nonce}",
                $"expires {test.Time.GetUtcNow() + TimeSpan.FromMinutes(2):yyyy-MM-ddTHH:mm:ssZ}",
            ],
            lines);
        Assert.Matches("^[A-Za-z0-9_-]{107}$", challenge.Nonce);
        Assert.NotEqual(challenge.Nonce, test.Logins.CreateChallenge(key.PublicKey, Address).Nonce);
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public async Task A_key_opens_a_session(KeyAlgorithm algorithm)
    {
        await using var test = await OpenAsync();
        using var key = PrivateKey.Generate(algorithm);
        await test.Accounts.CreateAsync("ops", AccountRole.User, [new NewKey(key.PublicKey)]);
        test.Time.Advance(TimeSpan.FromMinutes(1));
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var signature = SshSignature.Sign(key, Encoding.ASCII.GetBytes(challenge.Text));
        var (token, session) = await test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, signature, Address);

        Assert.Matches("^rpcs_[A-Za-z0-9_-]{43}$", token);
        Assert.Equal(("ops", AccountRole.User, Address), (session.Account, session.Role, session.Address));
        Assert.Equal(key.PublicKey.Fingerprint, session.KeyFingerprint);
        Assert.Same(session, test.Sessions.Find(token));
        Assert.Equal(test.Time.GetUtcNow(), (await test.Accounts.GetAsync("ops")).Keys.Single().LastUsedAt);
    }

    [Fact]
    public async Task Ssh_keygen_logs_in()
    {
        await using var test = await OpenAsync();
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("id_ed25519");
        Tool.Run("ssh-keygen", null, "-q", "-t", "ed25519", "-N", "", "-f", file);
        var key = PublicKey.Parse(File.ReadAllText(file + ".pub"));
        await test.Accounts.CreateAsync("ops", AccountRole.User, [new NewKey(key)]);
        var challenge = test.Logins.CreateChallenge(key, Address);
        var signature = Tool.Run("ssh-keygen", Encoding.ASCII.GetBytes(challenge.Text), "-q", "-Y", "sign", "-n", "rpcstore", "-f", file);
        Assert.Equal("ops", (await test.Logins.LoginAsync(key, challenge.Nonce, signature, Address)).Session.Account);
    }

    [Fact]
    public async Task A_nonce_opens_one_session_of_a_hundred_that_try()
    {
        await using var test = await OpenAsync(logins: Generous);
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var signature = Sign(key, challenge);
        var attempts = Enumerable.Range(0, 100)
            .Select(_ => Task.Run(() => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, signature, Address))).ToArray();
        await Task.WhenAll(attempts).ContinueWith(_ => { }, TaskScheduler.Default);
        _ = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        Assert.All(
            attempts.Where(attempt => attempt.IsFaulted),
            attempt => Assert.Equal("used", ((StoreException)attempt.Exception!.InnerException!).Details["reason"]));
        Assert.Equal(1, test.Sessions.Count);
        await RefusedAsync(
            Fault.Unauthenticated, "used", () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, signature, Address));
    }

    [Fact]
    public async Task A_challenge_expires()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var late = test.Logins.CreateChallenge(key.PublicKey, Address);
        test.Time.Advance(TimeSpan.FromMinutes(2) - TimeSpan.FromMilliseconds(1));
        await test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address);
        test.Time.Advance(TimeSpan.FromMilliseconds(1));
        await RefusedAsync(
            Fault.Unauthenticated, "expired", () => test.Logins.LoginAsync(key.PublicKey, late.Nonce, Sign(key, late), Address));
        await RefusedAsync(
            Fault.Unauthenticated, "expired", () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address));
    }

    [Fact]
    public async Task A_challenge_is_for_one_key_one_server_and_one_run_of_it()
    {
        await using var test = await OpenAsync();
        await using var elsewhere = await OpenAsync();
        using var key = await test.AddAsync("ops");
        using var other = await test.AddAsync("other");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        await RefusedAsync(
            Fault.Unauthenticated, "nonce", () => test.Logins.LoginAsync(other.PublicKey, challenge.Nonce, Sign(other, challenge), Address));
        await RefusedAsync(
            Fault.Unauthenticated, "nonce", () => elsewhere.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address));
        await test.RestartAsync();
        await RefusedAsync(
            Fault.Unauthenticated, "nonce", () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address));
    }

    [Fact]
    public async Task A_signature_for_another_server_is_worth_nothing()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var other = challenge with { Text = challenge.Text.Replace(ServerId, new string('0', 32)) };
        await RefusedAsync(
            Fault.Unauthenticated, "signature", () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, other), Address));

        // A failed try does not spend the nonce.
        await test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address);
    }

    [Fact]
    public async Task A_line_feed_too_many_is_explained()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var refusal = await RefusedAsync(
            Fault.Unauthenticated,
            "signature",
            () => test.Logins.LoginAsync(
                key.PublicKey, challenge.Nonce, SshSignature.Sign(key, Encoding.ASCII.GetBytes(challenge.Text + "\n")), Address));
        Assert.Contains("line feed", refusal.Message);
    }

    [Fact]
    public async Task A_nonce_that_was_touched_is_none()
    {
        await using var test = await OpenAsync(logins: Generous);
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var signature = Sign(key, challenge);
        var changes = Enumerable.Range(0, challenge.Nonce.Length)
            .Select(i => $"{challenge.Nonce[..i]}{(challenge.Nonce[i] == 'A' ? 'B' : 'A')}{challenge.Nonce[(i + 1)..]}")
            .Concat(["", "A", challenge.Nonce + "A", challenge.Nonce + "=", challenge.Nonce[1..], " " + challenge.Nonce[1..], new string('A', 107)]);
        foreach (var nonce in changes)
        {
            await RefusedAsync(Fault.Unauthenticated, "nonce", () => test.Logins.LoginAsync(key.PublicKey, nonce, signature, Address));
        }

        await test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, signature, Address);
    }

    [Fact]
    public async Task Whose_key_is_known_is_told_to_its_owner_alone()
    {
        await using var test = await OpenAsync();
        using var stranger = PrivateKey.Generate();
        using var known = await test.AddAsync("ops");
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = true }, true);
        foreach (var (key, reason) in new[] { (stranger, "unknownKey"), (known, "disabled") })
        {
            var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
            await RefusedAsync(
                Fault.Unauthenticated, "signature", () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, "AAAA", Address));
            await RefusedAsync(
                Fault.Unauthenticated, reason, () => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), Address));
        }

        Assert.Equal(0, test.Sessions.Count);
    }

    [Fact]
    public async Task Whoever_guesses_must_wait()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        using var other = await test.AddAsync("other");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        for (var i = 0; i < new LoginOptions().FailuresPerAddress.Burst; i++)
        {
            await RefusedAsync(Fault.Unauthenticated, "signature", Guess);
        }

        var refusal = await RefusedAsync(Fault.RateLimited, null, Guess);
        Assert.Equal(3L, refusal.Details["retryAfter"]);
        await RefusedAsync(Fault.RateLimited, null, () => test.LoginAsync(other));

        // Others are not concerned, and neither is the owner of the key elsewhere.
        await test.LoginAsync(key, "198.51.100.7");
        await test.LoginAsync(other, "2001:db8::1");

        test.Time.Advance(TimeSpan.FromSeconds(3));
        await RefusedAsync(Fault.Unauthenticated, "signature", Guess);
        await RefusedAsync(Fault.RateLimited, null, Guess);

        Task Guess() => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, "AAAA", Address);
    }

    [Fact]
    public async Task A_key_that_many_addresses_guess_at_is_slowed_as_well()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var challenge = test.Logins.CreateChallenge(key.PublicKey, Address);
        var burst = new LoginOptions().FailuresPerKey.Burst;
        for (var i = 0; i < burst; i++)
        {
            await RefusedAsync(Fault.Unauthenticated, "signature", () => Guess(i));
        }

        await RefusedAsync(Fault.RateLimited, null, () => Guess(burst));
        Task Guess(int i) => test.Logins.LoginAsync(key.PublicKey, challenge.Nonce, "AAAA", $"10.0.0.{i}");
    }

    [Fact]
    public async Task Logins_that_succeed_do_not_count()
    {
        await using var test = await OpenAsync(new SessionOptions { MaxPerAccount = 3 });
        using var key = await test.AddAsync("ops");
        for (var i = 0; i < 100; i++)
        {
            await test.LoginAsync(key);
            test.Time.Advance(TimeSpan.FromMilliseconds(200));
        }

        Assert.Equal(3, test.Sessions.Count);
    }

    [Fact]
    public async Task Whoever_asks_for_many_challenges_must_wait()
    {
        await using var test = await OpenAsync();
        using var key = PrivateKey.Generate();
        for (var i = 0; i < new LoginOptions().ChallengesPerAddress.Burst; i++)
        {
            test.Logins.CreateChallenge(key.PublicKey, "2001:db8::" + i);
        }

        var refusal = Assert.Throws<StoreException>(() => test.Logins.CreateChallenge(key.PublicKey, "2001:db8::ffff"));
        Assert.Equal((Fault.RateLimited, 1L), (refusal.Fault, refusal.Details["retryAfter"]));
        test.Logins.CreateChallenge(key.PublicKey, "2001:db8:0:1::");
    }

    [Fact]
    public async Task The_memory_of_used_nonces_is_bounded()
    {
        await using var test = await OpenAsync(logins: new LoginOptions { MaxUsedNonces = 3 });
        using var key = await test.AddAsync("ops");
        for (var i = 0; i < 3; i++)
        {
            await test.LoginAsync(key);
        }

        await RefusedAsync(Fault.RateLimited, null, () => test.LoginAsync(key));
        test.Time.Advance(TimeSpan.FromMinutes(2));
        await test.LoginAsync(key);
    }

    private static LoginOptions Generous => new()
    {
        FailuresPerAddress = new RateLimit(1000, TimeSpan.FromSeconds(1)),
        FailuresPerKey = new RateLimit(1000, TimeSpan.FromSeconds(1)),
    };
}
