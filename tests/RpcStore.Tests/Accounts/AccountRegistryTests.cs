using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Keys;
using Xunit;
using static RpcStore.Tests.Accounts.AccountsUnderTest;

namespace RpcStore.Tests.Accounts;

public sealed class AccountRegistryTests
{
    [Fact]
    public async Task An_account_is_what_it_was_made_as()
    {
        await using var test = await OpenAsync();
        using var ed25519 = PrivateKey.Generate();
        using var ecdsa = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var now = test.Time.GetUtcNow();
        var made = await test.Accounts.CreateAsync(
            "ops", AccountRole.Admin, [new NewKey(ed25519.PublicKey, "me@here"), new NewKey(ecdsa.PublicKey)]);
        Assert.Equal(("ops", AccountRole.Admin, false, now, now), (made.Name, made.Role, made.IsDisabled, made.CreatedAt, made.UpdatedAt));
        Assert.Equal(
            new HashSet<AccountKey> { new(ed25519.PublicKey, "me@here", now, null), new(ecdsa.PublicKey, "", now, null) },
            made.Keys.ToHashSet());

        await test.RestartAsync();
        var read = await test.Accounts.GetAsync("ops");
        Assert.Equal(made.Keys, read.Keys);
        Assert.Equal(made with { Keys = [] }, read with { Keys = [] });
    }

    [Theory]
    [InlineData("")]
    [InlineData("Ops")]
    [InlineData("o ps")]
    [InlineData("-ops")]
    [InlineData(".ops")]
    [InlineData("öps")]
    [InlineData("ops\n")]
    [InlineData("o/ps")]
    [InlineData("guest")]
    [InlineData("local")]
    [InlineData("a23456789012345678901234567890123456789012345678901234567890123456")]
    public async Task Some_names_nobody_may_have(string name)
    {
        await using var test = await OpenAsync();
        var refusal = await RefusedAsync(Fault.Invalid, null, () => test.Accounts.CreateAsync(name, AccountRole.User, []));
        Assert.Equal("/name", refusal.Details["pointer"]);
    }

    [Theory]
    [InlineData("a")]
    [InlineData("0")]
    [InlineData("a.b-c_d")]
    [InlineData("guests")]
    [InlineData("a234567890123456789012345678901234567890123456789012345678901234")]
    public async Task Other_names_somebody_may_have(string name)
    {
        await using var test = await OpenAsync();
        Assert.Equal(name, (await test.Accounts.CreateAsync(name, AccountRole.User, [])).Name);
        await RefusedAsync(Fault.Conflict, "exists", () => test.Accounts.CreateAsync(name, AccountRole.Admin, []));
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var other = SomeKey();
        await RefusedAsync(Fault.NotFound, "account", async () => await test.Accounts.GetAsync("nobody"));
        await RefusedAsync(Fault.NotFound, "account", () => test.Accounts.UpdateAsync("nobody", new AccountChange(), true));
        await RefusedAsync(Fault.NotFound, "account", () => test.Accounts.DeleteAsync("nobody", true));
        await RefusedAsync(Fault.NotFound, "account", () => test.Accounts.AddKeyAsync("nobody", other));
        await RefusedAsync(Fault.NotFound, "key", () => test.Accounts.RemoveKeyAsync("ops", other.Key.Fingerprint, true));
        Assert.Single((await test.Accounts.GetAsync("ops")).Keys);
    }

    [Fact]
    public async Task A_listing_has_pages()
    {
        await using var test = await OpenAsync();
        var names = Enumerable.Range(0, 7).Select(i => $"account-{i}").ToList();
        foreach (var name in names.AsEnumerable().Reverse())
        {
            (await test.AddAsync(name)).Dispose();
        }

        foreach (var limit in new[] { 1, 3, 7, 8 })
        {
            var seen = new List<Account>();
            string? cursor = null;
            do
            {
                (var page, cursor) = await test.Accounts.ListAsync(limit, cursor);
                Assert.InRange(page.Count, 1, limit);
                seen.AddRange(page);
            }
            while (cursor is not null);

            Assert.Equal(names, seen.Select(account => account.Name));
            Assert.All(seen, account => Assert.Equal($"{account.Name}@here", account.Keys.Single().Label));
        }

        await RefusedAsync(Fault.Invalid, null, async () => await test.Accounts.ListAsync(1, "?"));
    }

    [Fact]
    public async Task A_key_belongs_to_one_account()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("one");
        await test.Accounts.CreateAsync("two", AccountRole.User, []);
        var refusal = await RefusedAsync(
            Fault.Conflict, "keyTaken", () => test.Accounts.AddKeyAsync("two", new NewKey(key.PublicKey)));
        Assert.Contains("'one'", refusal.Message);
        await RefusedAsync(
            Fault.Conflict, "keyTaken", () => test.Accounts.CreateAsync("three", AccountRole.User, [SomeKey(), new NewKey(key.PublicKey)]));
        await RefusedAsync(Fault.NotFound, "account", async () => await test.Accounts.GetAsync("three"));

        await test.Accounts.RemoveKeyAsync("one", key.PublicKey.Fingerprint, false);
        Assert.Equal(key.PublicKey, (await test.Accounts.AddKeyAsync("two", new NewKey(key.PublicKey))).Keys.Single().Key);
    }

    [Fact]
    public async Task Keys_and_labels_are_limited()
    {
        await using var test = await OpenAsync();
        var keys = Enumerable.Range(0, AccountRegistry.MaxKeys + 1).Select(_ => SomeKey()).ToList();
        await RefusedAsync(Fault.TooLarge, null, () => test.Accounts.CreateAsync("ops", AccountRole.User, keys));
        await test.Accounts.CreateAsync("ops", AccountRole.User, keys[1..]);
        await RefusedAsync(Fault.TooLarge, null, () => test.Accounts.AddKeyAsync("ops", keys[0]));
        await RefusedAsync(Fault.Invalid, null, () => test.Accounts.AddKeyAsync("ops", keys[0] with { Label = "a\u001b[2J" }));
        await RefusedAsync(Fault.Invalid, null, () => test.Accounts.AddKeyAsync("ops", keys[0] with { Label = new string('a', 201) }));
    }

    [Fact]
    public async Task Every_change_is_dated()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("ops");
        var made = test.Time.GetUtcNow();
        test.Time.Advance(TimeSpan.FromHours(1));
        var changed = await test.Accounts.UpdateAsync("ops", new AccountChange { Role = AccountRole.Admin }, false);
        Assert.Equal((AccountRole.Admin, false, made, test.Time.GetUtcNow()), (changed.Role, changed.IsDisabled, changed.CreatedAt, changed.UpdatedAt));
        test.Time.Advance(TimeSpan.FromHours(1));
        var more = await test.Accounts.AddKeyAsync("ops", SomeKey());
        Assert.Equal((2, test.Time.GetUtcNow()), (more.Keys.Count, more.UpdatedAt));
    }

    [Fact]
    public async Task Over_the_network_the_last_admin_stays()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("root", AccountRole.Admin);
        (await test.AddAsync("ops")).Dispose();
        await test.Accounts.CreateAsync("keyless", AccountRole.Admin, []);
        (await test.AddAsync("disabled", AccountRole.Admin)).Dispose();
        await test.Accounts.UpdateAsync("disabled", new AccountChange { IsDisabled = true }, false);

        await RefusedAsync(Fault.Conflict, "lastAdmin", () => test.Accounts.DeleteAsync("root", false));
        await RefusedAsync(Fault.Conflict, "lastAdmin", () => test.Accounts.UpdateAsync("root", new AccountChange { IsDisabled = true }, false));
        await RefusedAsync(Fault.Conflict, "lastAdmin", () => test.Accounts.UpdateAsync("root", new AccountChange { Role = AccountRole.User }, false));
        await RefusedAsync(Fault.Conflict, "lastAdmin", () => test.Accounts.RemoveKeyAsync("root", key.PublicKey.Fingerprint, false));
        var root = await test.Accounts.GetAsync("root");
        Assert.Equal((AccountRole.Admin, false, 1), (root.Role, root.IsDisabled, root.Keys.Count));

        // Others may go, and the last one too when there is another.
        await test.Accounts.DeleteAsync("keyless", false);
        await test.Accounts.DeleteAsync("ops", false);
        await test.Accounts.UpdateAsync("disabled", new AccountChange { IsDisabled = false }, false);
        await test.Accounts.DeleteAsync("root", false);
        await RefusedAsync(Fault.Conflict, "lastAdmin", () => test.Accounts.DeleteAsync("disabled", false));
    }

    [Fact]
    public async Task Of_two_admins_who_remove_each_other_one_stays()
    {
        await using var test = await OpenAsync();
        (await test.AddAsync("one", AccountRole.Admin)).Dispose();
        (await test.AddAsync("two", AccountRole.Admin)).Dispose();
        var attempts = new[] { test.Accounts.DeleteAsync("one", false), test.Accounts.DeleteAsync("two", false) };
        await Assert.ThrowsAsync<StoreException>(() => Task.WhenAll(attempts));
        _ = Assert.Single(attempts, attempt => attempt.IsCompletedSuccessfully);
        Assert.Single((await test.Accounts.ListAsync(10, null)).Accounts);
    }

    [Fact]
    public async Task On_the_local_socket_the_last_admin_can_go()
    {
        await using var test = await OpenAsync();
        using var key = await test.AddAsync("root", AccountRole.Admin);
        Assert.True((await test.Accounts.UpdateAsync("root", new AccountChange { IsDisabled = true }, true)).IsDisabled);
        await test.Accounts.UpdateAsync("root", new AccountChange { IsDisabled = false, Role = AccountRole.User }, true);
        await test.Accounts.UpdateAsync("root", new AccountChange { Role = AccountRole.Admin }, true);
        Assert.Empty((await test.Accounts.RemoveKeyAsync("root", key.PublicKey.Fingerprint, true)).Keys);
        await test.Accounts.DeleteAsync("root", true);
        Assert.Empty((await test.Accounts.ListAsync(10, null)).Accounts);
    }

    private static NewKey SomeKey()
    {
        using var key = PrivateKey.Generate();
        return new NewKey(key.PublicKey);
    }
}
