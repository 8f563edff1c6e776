using System.Security.Cryptography;
using System.Text;
using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Keys;
using Xunit;
using static RpcStore.Tests.Accounts.AccountsUnderTest;

namespace RpcStore.Tests.Accounts;

public sealed class SessionTests
{
    [Fact]
    public async Task A_session_outlives_the_server()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops", AccountRole.Admin);
        var (token, session) = await test.LoginAsync(key);
        await test.RestartAsync();
        var again = test.Sessions.Find(token)!;
        Assert.NotSame(session, again);
        Assert.Equal(
            (session.Id, session.Account, session.Role, session.KeyFingerprint, session.Address, session.CreatedAt, session.EndsAt),
            (again.Id, again.Account, again.Role, again.KeyFingerprint, again.Address, again.CreatedAt, again.EndsAt));
    }

    [Fact]
    public async Task Only_the_hash_of_a_token_is_stored()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, _) = await test.LoginAsync(key);
        var rows = await test.Catalog.ReadAsync(session => session.Prepare("select * from sessions").ToList(row =>
            (row.GetBytes(1), string.Join('|', row.GetString(0), row.GetString(2), row.GetString(3), row.GetString(5)))));
        var (hash, rest) = Assert.Single(rows);
        Assert.Equal(SHA256.HashData(Encoding.ASCII.GetBytes(token)), hash);
        Assert.DoesNotContain(token[5..], rest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("rpcs_")]
    [InlineData("rpcs_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("rpcs_ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task What_is_no_token_finds_nothing(string token)
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (good, _) = await test.LoginAsync(key);
        Assert.Null(test.Sessions.Find(token));
        Assert.Null(test.Sessions.Find(good[..^1] + (good[^1] == 'A' ? 'B' : 'A')));
        Assert.Null(test.Sessions.Find(good + "A"));
        Assert.NotNull(test.Sessions.Find(good));
    }

    [Fact]
    public async Task An_idle_session_expires_and_one_in_use_goes_on()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (used, _) = await test.LoginAsync(key);
        var (idle, idleSession) = await test.LoginAsync(key);
        test.Time.Advance(TimeSpan.FromHours(11));
        Assert.Equal(test.Time.GetUtcNow() + TimeSpan.FromHours(12), test.Sessions.Find(used)!.ExpiresAt);
        test.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(test.Sessions.Find(idle));
        Assert.False(test.Sessions.Use(idleSession));
        Assert.NotNull(test.Sessions.Find(used));

        // What holds on to it hears of the end when somebody looks.
        await test.Sessions.MaintainAsync();
        Assert.True(idleSession.IsEnded);
        Assert.Equal(1, test.Sessions.Count);
        await test.RestartAsync();
        Assert.Equal(1, test.Sessions.Count);
    }

    [Fact]
    public async Task No_session_lasts_for_ever()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        for (var hours = 0; hours < 30 * 24; hours += 6)
        {
            Assert.NotNull(test.Sessions.Find(token));
            test.Time.Advance(TimeSpan.FromHours(6));
        }

        Assert.Equal(test.Time.GetUtcNow(), session.ExpiresAt);
        Assert.Null(test.Sessions.Find(token));
    }

    [Fact]
    public async Task Uses_are_written_together_and_survive_a_restart()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        test.Time.Advance(TimeSpan.FromHours(11));
        test.Sessions.Find(token);
        Assert.True(session.IsUsedSinceWritten);
        await test.Sessions.MaintainAsync();
        Assert.False(session.IsUsedSinceWritten);
        test.Time.Advance(TimeSpan.FromHours(11));
        await test.RestartAsync();
        Assert.NotNull(test.Sessions.Find(token));
    }

    [Fact]
    public async Task Maintenance_runs_by_itself_and_writes_before_it_stops()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, _) = await test.LoginAsync(key);
        using var stop = new CancellationTokenSource();
        var running = test.Sessions.RunAsync(e => Assert.Fail(e.Message), stop.Token);
        test.Time.Advance(TimeSpan.FromHours(1));
        var session = test.Sessions.Find(token)!;
        await stop.CancelAsync();
        await running;
        Assert.False(session.IsUsedSinceWritten);
    }

    [Fact]
    public async Task A_revoked_session_ends_everywhere_at_once()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        var (kept, _) = await test.LoginAsync(key);
        var heard = false;
        session.Ended.Register(() => heard = true);

        await RefusedAsync(Fault.NotFound, "session", () => test.Sessions.RevokeAsync(session.Id, "another"));
        await RefusedAsync(Fault.NotFound, "session", () => test.Sessions.RevokeAsync("none", null));
        await test.Sessions.RevokeAsync(session.Id, "ops");
        Assert.True(heard && session.IsEnded);
        Assert.False(test.Sessions.Use(session));
        Assert.Null(test.Sessions.Find(token));
        Assert.NotNull(test.Sessions.Find(kept));
        await RefusedAsync(Fault.NotFound, "session", () => test.Sessions.RevokeAsync(session.Id, null));
        await test.Sessions.LogoutAsync(session);
        await test.RestartAsync();
        Assert.Null(test.Sessions.Find(token));
        Assert.NotNull(test.Sessions.Find(kept));
    }

    [Fact]
    public async Task A_session_that_cannot_be_taken_off_the_disk_ends_all_the_same()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        test.Catalog.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => test.Sessions.LogoutAsync(session));
        Assert.True(session.IsEnded);
        Assert.Null(test.Sessions.Find(token));
        Assert.Empty(test.Sessions.List(null, 10, null).Sessions);
    }

    [Fact]
    public async Task Disabling_an_account_ends_its_sessions()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        using var other = await test.AddAsync("other");
        var (token, session) = await test.LoginAsync(key);
        var (kept, _) = await test.LoginAsync(other);
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = true }, false);
        Assert.True(session.IsEnded);
        await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = false }, false);
        await test.RestartAsync();
        Assert.Null(test.Sessions.Find(token));
        Assert.NotNull(test.Sessions.Find(kept));
        await test.LoginAsync(key);
    }

    [Fact]
    public async Task Removing_a_key_ends_what_it_opened()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        using var second = PrivateKey.Generate();
        await test.Accounts.AddKeyAsync("ops", new NewKey(second.PublicKey));
        var (token, session) = await test.LoginAsync(key);
        var (kept, _) = await test.LoginAsync(second);
        await test.Accounts.RemoveKeyAsync("ops", key.PublicKey.Fingerprint, false);
        Assert.True(session.IsEnded);
        await test.RestartAsync();
        Assert.Null(test.Sessions.Find(token));
        Assert.NotNull(test.Sessions.Find(kept));
    }

    [Fact]
    public async Task An_account_that_is_made_again_does_not_get_the_old_sessions()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        await test.Accounts.DeleteAsync("ops", false);
        Assert.True(session.IsEnded);
        await test.Accounts.CreateAsync("ops", AccountRole.Admin, [new NewKey(key.PublicKey)]);
        Assert.Null(test.Sessions.Find(token));
        await test.RestartAsync();
        Assert.Null(test.Sessions.Find(token));
    }

    [Fact]
    public async Task A_change_of_role_reaches_the_sessions()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var (token, session) = await test.LoginAsync(key);
        await test.Accounts.UpdateAsync("ops", new AccountChange { Role = AccountRole.Admin }, false);
        Assert.Equal(AccountRole.Admin, session.Role);
        await test.Accounts.UpdateAsync("ops", new AccountChange { Role = AccountRole.User }, true);
        Assert.Equal(AccountRole.User, test.Sessions.Find(token)!.Role);
        Assert.False(session.IsEnded);
    }

    [Fact]
    public async Task Of_logins_and_disabling_at_once_nothing_stays_open()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        for (var round = 0; round < 20; round++)
        {
            var logins = Enumerable.Range(0, 4).Select(_ => Task.Run(() => test.LoginAsync(key))).ToArray();
            var disabling = Task.Run(() => test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = true }, true));
            await Task.WhenAll([.. logins, disabling]).ContinueWith(_ => { }, TaskScheduler.Default);
            await disabling;
            Assert.All(logins.Where(login => login.IsCompletedSuccessfully), login => Assert.True(login.Result.Session.IsEnded));
            Assert.Equal(0, test.Sessions.Count);
            await test.Accounts.UpdateAsync("ops", new AccountChange { IsDisabled = false }, true);
            test.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await test.RestartAsync();
        Assert.Equal(0, test.Sessions.Count);
    }

    [Fact]
    public async Task The_session_used_least_lately_makes_room()
    {
        await using var test = await OpenAsync(new SessionOptions { MaxPerAccount = 2 });
        using var key = await test.AddAsync("ops");
        var (first, _) = await test.LoginAsync(key);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        var (second, _) = await test.LoginAsync(key);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        test.Sessions.Find(first);
        test.Time.Advance(TimeSpan.FromSeconds(1));
        var (third, _) = await test.LoginAsync(key);
        Assert.Null(test.Sessions.Find(second));
        Assert.NotNull(test.Sessions.Find(first));
        Assert.NotNull(test.Sessions.Find(third));
    }

    [Fact]
    public async Task A_listing_has_pages_the_newest_first()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        using var other = await test.AddAsync("other");
        var ids = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            ids.Insert(0, (await test.LoginAsync(i % 2 == 0 ? key : other)).Session.Id);
            test.Time.Advance(TimeSpan.FromMicroseconds(1 + i));
        }

        foreach (var limit in new[] { 1, 4, 6 })
        {
            var seen = new List<Session>();
            string? cursor = null;
            do
            {
                (var page, cursor) = test.Sessions.List(null, limit, cursor);
                seen.AddRange(page);
            }
            while (cursor is not null);

            Assert.Equal(ids, seen.Select(session => session.Id));
        }

        Assert.Equal(3, test.Sessions.List("ops", 10, null).Sessions.Count);
        Assert.Empty(test.Sessions.List("nobody", 10, null).Sessions);
        Assert.Throws<StoreException>(() => test.Sessions.List(null, 10, "x"));
    }
}
