using RpcStore.Contract;
using RpcStore.Core.Accounts;
using RpcStore.JsonRpc;
using Account = RpcStore.Contract.Account;
using AccountRole = RpcStore.Contract.AccountRole;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>accounts</c>.</summary>
internal sealed class AccountsHandler(AccountRegistry accounts) : IAccountsService
{
    /// <inheritdoc/>
    public async ValueTask<Account> CreateAsync(string name, AccountRole role, string? publicKey, string? label, CallContext context)
    {
        context.SetSubject(name);
        var keys = publicKey is null ? Array.Empty<NewKey>() : [AccountWire.ReadKey(publicKey, label)];
        return AccountWire.ToWire(await accounts.CreateAsync(name, AccountWire.FromWire(role), keys, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Account> GetAsync(string name, CallContext context)
    {
        var caller = context.GetCaller();
        return caller.Role == Access.Role.Admin || caller.Account == name
            ? AccountWire.ToWire(await accounts.GetAsync(name, context.CancellationToken))
            : throw new RpcException(ContractErrors.NotFound($"There is no account '{name}', or it is another's.", id: name));
    }

    /// <inheritdoc/>
    public async ValueTask<AccountPage> ListAsync(string? cursor, long limit, CallContext context)
    {
        var (page, next) = await accounts.ListAsync((int)limit, cursor, context.CancellationToken);
        return new AccountPage { Accounts = [.. page.Select(AccountWire.ToWire)], Cursor = next };
    }

    /// <inheritdoc/>
    public async ValueTask<Account> UpdateAsync(string name, AccountRole? role, bool? disabled, CallContext context)
    {
        context.SetSubject(name);
        var change = new AccountChange { Role = role is { } given ? AccountWire.FromWire(given) : null, IsDisabled = disabled };
        return AccountWire.ToWire(await accounts.UpdateAsync(name, change, context.GetCaller().IsLocal, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Account> DeleteAsync(string name, CallContext context)
    {
        context.SetSubject(name);
        return AccountWire.ToWire(await accounts.DeleteAsync(name, context.GetCaller().IsLocal, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Account> AddKeyAsync(string name, string publicKey, string? label, CallContext context)
    {
        context.SetSubject(name);
        var key = AccountWire.ReadKey(publicKey, label);
        return AccountWire.ToWire(await accounts.AddKeyAsync(name, key, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Account> SetPasswordAsync(string name, string? password, CallContext context)
    {
        context.SetSubject(name);
        return AccountWire.ToWire(await accounts.SetPasswordAsync(name, password, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Account> RemoveKeyAsync(string name, string fingerprint, CallContext context)
    {
        context.SetSubject(name);
        return AccountWire.ToWire(await accounts.RemoveKeyAsync(name, fingerprint, context.GetCaller().IsLocal, context.CancellationToken));
    }
}
