using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Passwords;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;
using RpcStore.Tests.Support;
using Xunit;
using static RpcStore.Tests.Accounts.AccountsUnderTest;

namespace RpcStore.Tests.Accounts;

public sealed class PasswordTests
{
    private const string Password = "correct horse, battery staple";
    private const string Another = "another horse, another staple";

    [Fact]
    public async Task A_password_opens_a_session_that_survives_a_restart()
    {
        await using var test = await OpenAsync();
        await test.Accounts.CreateAsync("ops", AccountRole.Admin, []);
        Assert.Null((await test.Accounts.GetAsync("ops")).PasswordSetAt);
        test.Time.Advance(TimeSpan.FromMinutes(1));
        var account = await test.Accounts.SetPasswordAsync("ops", Password);
        Assert.Equal(test.Time.GetUtcNow(), account.PasswordSetAt);

        var (token, session) = await test.Logins.Passwords.LoginAsync("ops", Password, Address);
        Assert.Equal(("ops", AccountRole.Admin, Address, true, null), (session.Account, session.Role, session.Address, session.IsByPassword, session.KeyFingerprint));
        Assert.Same(session, test.Sessions.Find(token));

        await test.RestartAsync();
        var again = test.Sessions.Find(token)!;
        Assert.Equal((session.Id, true, null), (again.Id, again.IsByPassword, again.KeyFingerprint));
        Assert.Equal("ops", (await test.Logins.Passwords.LoginAsync("ops", Password, Address)).Session.Account);
    }

    [Fact]
    public async Task What_is_kept_is_a_hash_with_what_it_was_made_with()
    {
        await using var test = await OpenAsync();
        await test.Accounts.CreateAsync("one", AccountRole.User, []);
        await test.Accounts.CreateAsync("two", AccountRole.User, []);
        await test.Accounts.SetPasswordAsync("one", Password);
        await test.Accounts.SetPasswordAsync("two", Password);
        var rows = await test.Catalog.ReadAsync(session => session.Prepare("select scheme, rounds, salt, hash from account_passwords")
            .ToList(row => (row.GetString(0), row.GetInt64(1), Convert.ToHexString(row.GetBytes(2)), Convert.ToHexString(row.GetBytes(3)))));
        Assert.Equal(2, rows.Count);
        Assert.All(rows, row => Assert.Equal(("pbkdf2-sha512", 210_000L, 32, 64), (row.Item1, row.Item2, row.Item3.Length, row.Item4.Length)));
        Assert.NotEqual(rows[0].Item3, rows[1].Item3);
        Assert.NotEqual(rows[0].Item4, rows[1].Item4);
    }

    [Theory]
    [InlineData("eleven char")]
    [InlineData("")]
    [InlineData("a line\nfeed in the middle")]
    [InlineData("a tab\tin the middle")]
    public async Task What_is_no_password_is_refused_without_being_repeated(string text)
    {
        await using var test = await OpenAsync();
        await test.Accounts.CreateAsync("ops", AccountRole.User, []);
        var refusal = await RefusedAsync(Fault.Invalid, null, () => test.Accounts.SetPasswordAsync("ops", text));
        Assert.Equal("/password", refusal.Details["pointer"]);
        Assert.True(text.Length == 0 || !refusal.Message.Contains(text, StringComparison.Ordinal));
        await RefusedAsync(Fault.Invalid, null, () => test.Accounts.SetPasswordAsync("ops", new string('x', ApiPassword.MaxLength + 1)));
        await test.Accounts.SetPasswordAsync("ops", new string('x', ApiPassword.MaxLength));
        await test.Accounts.SetPasswordAsync("ops", new string('x', ApiPassword.MinLength));
    }

    [Fact]
    public async Task The_refusal_does_not_tell_what_was_wrong()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("keyed");
        await test.Accounts.CreateAsync("ops", AccountRole.User, []);
        await test.Accounts.SetPasswordAsync("ops", Password);
        var messages = new List<string>();
        foreach (var (name, password) in ((string, string)[])[("ops", Another), ("ops", ""), ("ops", new string('x', 5000)), ("nobody", Password), ("keyed", Password), ("No Name\n", Password)])
        {
            messages.Add((await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync(name, password, Address))).Message);
            messages.Add((await RefusedAsync(
                Fault.Unauthenticated, "password", async () => await test.Logins.Passwords.AuthenticateAsync(name, password, Address))).Message);
        }

        Assert.Single(messages.Distinct());
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = true }, true);
        await RefusedAsync(Fault.Unauthenticated, "disabled", () => test.Logins.Passwords.LoginAsync("ops", Password, Address));
        await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync("ops", Another, Address));
        Assert.Equal(0, test.Sessions.Count);
    }

    [Fact]
    public async Task Another_password_ends_what_the_one_before_opened_and_nothing_else()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var byKey = (await test.LoginAsync(key)).Session;
        await test.Accounts.SetPasswordAsync("ops", Password);
        var (token, byPassword) = await test.Logins.Passwords.LoginAsync("ops", Password, Address);
        var basic = await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address);

        await test.Accounts.SetPasswordAsync("ops", Another);
        Assert.True(byPassword.IsEnded && basic.IsEnded);
        Assert.False(byKey.IsEnded);
        await RefusedAsync(Fault.Unauthenticated, "password", async () => await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address));
        var next = (await test.Logins.Passwords.LoginAsync("ops", Another, Address)).Session;

        await test.Accounts.SetPasswordAsync("ops", null);
        Assert.True(next.IsEnded);
        await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync("ops", Another, Address));
        await test.RestartAsync();
        Assert.Null(test.Sessions.Find(token));
        Assert.Equal(1, test.Sessions.Count);
    }

    [Fact]
    public async Task A_password_that_comes_with_every_request_is_compared_once()
    {
        await using var test = await OpenAsync();
        await test.Accounts.CreateAsync("ops", AccountRole.User, []);
        await test.Accounts.SetPasswordAsync("ops", Password);
        var burst = new LoginOptions().FailuresPerAddress.Burst;
        var all = await Task.WhenAll(Enumerable.Range(0, 3 * burst)
            .Select(_ => Task.Run(async () => await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address))));
        Assert.Single(all.Distinct());
        Assert.Empty(test.Sessions.List(null, 10, null).Sessions);

        // What is known needs no turn and no allowance, also while somebody else at the same address guesses.
        for (var i = 0; i < burst; i++)
        {
            await RefusedAsync(Fault.Unauthenticated, "password", async () => await test.Logins.Passwords.AuthenticateAsync("ops", Another, Address));
        }

        await RefusedAsync(Fault.RateLimited, null, async () => await test.Logins.Passwords.AuthenticateAsync("ops", Another, Address));
        var known = test.Logins.Passwords.AuthenticateAsync("ops", Password, Address);
        Assert.True(known.IsCompletedSuccessfully);
        Assert.Same(all[0], await known);

        // Forgotten after a while: now it has to be compared, which this address may not.
        test.Time.Advance(PasswordLogins.Remembered);
        Assert.Same(all[0], await test.Logins.Passwords.AuthenticateAsync("ops", Password, "198.51.100.7"));
    }

    [Fact]
    public async Task What_an_account_may_do_reaches_who_sends_a_password()
    {
        await using var test = await OpenAsync();
        await test.Accounts.CreateAsync("ops", AccountRole.User, []);
        await test.Accounts.SetPasswordAsync("ops", Password);
        var session = await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address);
        await test.Accounts.UpdateAsync("ops", new AccountChange { Role = AccountRole.Admin }, true);
        Assert.Equal(AccountRole.Admin, session.Role);
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = true }, true);
        Assert.True(session.IsEnded);
        await RefusedAsync(Fault.Unauthenticated, "disabled", async () => await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address));
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = false }, true);
        var next = await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address);
        Assert.NotSame(session, next);
        await test.Accounts.DeleteAsync("ops", true);
        Assert.True(next.IsEnded);
        await RefusedAsync(Fault.Unauthenticated, "password", async () => await test.Logins.Passwords.AuthenticateAsync("ops", Password, Address));
    }

    [Fact]
    public async Task Whoever_guesses_passwords_must_wait()
    {
        await using var test = await OpenAsync(logins: new LoginOptions { FailuresPerKey = new RateLimit(25, TimeSpan.FromSeconds(1)) });
        await test.Accounts.CreateAsync("ops", AccountRole.User, []);
        await test.Accounts.SetPasswordAsync("ops", Password);
        for (var i = 0; i < 20; i++)
        {
            await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync("ops", Another, Address));
        }

        // The address, and after some more of others the account, but no other account.
        await RefusedAsync(Fault.RateLimited, null, () => test.Logins.Passwords.LoginAsync("ops", Password, Address));
        for (var i = 0; i < 5; i++)
        {
            await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync("ops", Another, $"10.0.0.{i}"));
        }

        var refusal = await RefusedAsync(Fault.RateLimited, null, () => test.Logins.Passwords.LoginAsync("ops", Password, "10.0.0.9"));
        Assert.Equal(1L, refusal.Details["retryAfter"]);
        await RefusedAsync(Fault.Unauthenticated, "password", () => test.Logins.Passwords.LoginAsync("other", Another, "10.0.0.9"));
        test.Time.Advance(TimeSpan.FromSeconds(3));
        await test.Logins.Passwords.LoginAsync("ops", Password, Address);
    }

    [Fact]
    public async Task Sessions_of_a_catalog_before_passwords_stay_open()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine(CatalogDatabase.FileName);
        using (var old = CatalogDatabase.Open(file, [.. AccountTables.Migrations.Where(step => step.Number == 1)]))
        {
            await old.WriteAsync(session =>
            {
                session.Prepare("insert into accounts values ('a', 'ops', 'user', 0, 1, 0, 0)").Execute();
                session.Prepare("insert into account_keys values ('SHA256:x', 'ssh-ed25519 x', 'a', '', 0, null)").Execute();
                session.Prepare($"insert into sessions values ('s', x'{new string('7', 64)}', 'a', 'SHA256:x', 'here', 1, 2, 3)").Execute();
            });
        }

        using var catalog = CatalogDatabase.Open(file, AccountTables.Migrations);
        var rows = await catalog.ReadAsync(session => new SessionRows(session).List());
        var (row, account) = Assert.Single(rows);
        Assert.Equal(("s", SessionCredential.OfKey("SHA256:x"), "here", "ops"), (row.Id, row.Credential, row.Address, account.Account.Name));
        Assert.Equal((1, 2, 3), (Micros(row.CreatedAt), Micros(row.LastUsedAt), Micros(row.EndsAt)));
        await catalog.WriteAsync(session => session.Prepare("delete from account_keys").Execute());
        Assert.Empty(await catalog.ReadAsync(session => new SessionRows(session).List()));

        static long Micros(DateTimeOffset time) => CatalogTime.ToMicroseconds(time);
    }
}
