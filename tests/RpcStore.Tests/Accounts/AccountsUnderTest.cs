using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;
using RpcStore.Keys;
using RpcStore.Tests.Support;
using Xunit;
using ManualTimeProvider = RpcStore.Tests.JsonRpc.Support.ManualTimeProvider;

namespace RpcStore.Tests.Accounts;

/// <summary>Accounts, logins and sessions on a catalog of their own, with a clock that a test moves.</summary>
internal sealed class AccountsUnderTest : IAsyncDisposable
{
    public const string ServerId = "7d1f0c2b9a8e4f6d5c3b2a190f8e7d6c";
    public const string Address = "192.0.2.1";

    private readonly TemporaryDirectory folder = new();
    private readonly SessionOptions sessionOptions;
    private readonly LoginOptions loginOptions;

    private AccountsUnderTest(SessionOptions sessionOptions, LoginOptions loginOptions)
    {
        this.sessionOptions = sessionOptions;
        this.loginOptions = loginOptions;
    }

    public ManualTimeProvider Time { get; } = new();

    public CatalogDatabase Catalog { get; private set; } = null!;

    public SessionRegistry Sessions { get; private set; } = null!;

    public AccountRegistry Accounts { get; private set; } = null!;

    public LoginService Logins { get; private set; } = null!;

    public static async Task<AccountsUnderTest> OpenAsync(SessionOptions? sessions = null, LoginOptions? logins = null)
    {
        var opened = new AccountsUnderTest(sessions ?? new SessionOptions(), logins ?? new LoginOptions());
        await opened.StartAsync();
        return opened;
    }

    /// <summary>Stops as a server does, and starts again on the same files.</summary>
    public async Task RestartAsync()
    {
        Catalog.Dispose();
        await StartAsync();
    }

    /// <summary>Makes an account with one new key.</summary>
    public async Task<PrivateKey> AddAsync(string name, AccountRole role = AccountRole.User)
    {
        var key = PrivateKey.Generate();
        await Accounts.CreateAsync(name, role, [new NewKey(key.PublicKey, $"{name}@here")]);
        return key;
    }

    /// <summary>Logs in as a client does.</summary>
    public async Task<(string Token, Session Session)> LoginAsync(PrivateKey key, string address = Address)
    {
        var challenge = Logins.CreateChallenge(key.PublicKey, address);
        return await Logins.LoginAsync(key.PublicKey, challenge.Nonce, Sign(key, challenge), address);
    }

    public static string Sign(PrivateKey key, Challenge challenge) =>
        SignatureText.Sign(key, System.Text.Encoding.ASCII.GetBytes(challenge.Text));

    public ValueTask DisposeAsync()
    {
        Catalog.Dispose();
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Sees that something is refused.</summary>
    public static async Task<StoreException> RefusedAsync(Fault fault, string? reason, Func<Task> action)
    {
        var refusal = await Assert.ThrowsAsync<StoreException>(action);
        Assert.Equal(fault, refusal.Fault);
        if (reason is not null)
        {
            Assert.Equal(reason, refusal.Details["reason"]);
        }

        return refusal;
    }

    private async Task StartAsync()
    {
        Catalog = CatalogDatabase.Open(folder.Combine(CatalogDatabase.FileName), AccountTables.Migrations);
        Sessions = await SessionRegistry.OpenAsync(Catalog, sessionOptions, Time);
        Accounts = new AccountRegistry(Catalog, Sessions, Time);
        Logins = new LoginService(ServerId, Catalog, Sessions, loginOptions, Time);
    }
}
