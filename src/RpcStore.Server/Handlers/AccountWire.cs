using RpcStore.Contract;
using RpcStore.JsonRpc;
using RpcStore.Keys;
using RpcStore.Server.Access;
using Accounts = RpcStore.Core.Accounts;
using CoreSession = RpcStore.Core.Accounts.Sessions.Session;

namespace RpcStore.Server.Handlers;

/// <summary>Accounts, keys and sessions as the contract writes them.</summary>
internal static class AccountWire
{
    /// <summary>An account.</summary>
    public static Account ToWire(Accounts.Account account) => new()
    {
        Name = account.Name,
        Role = ToWire(account.Role),
        Disabled = account.IsDisabled,
        CreatedAt = account.CreatedAt,
        UpdatedAt = account.UpdatedAt,
        Keys = [.. account.Keys.Select(ToWire)],
        PasswordSetAt = account.PasswordSetAt,
    };

    /// <summary>A session, as somebody sees it who acts in another or the same.</summary>
    public static Session ToWire(CoreSession session, CoreSession? current) => new()
    {
        Id = session.Id,
        Account = session.Account,
        OpenedBy = session.IsByPassword ? CredentialKind.Password : CredentialKind.Key,
        Fingerprint = session.KeyFingerprint,
        CreatedAt = session.CreatedAt,
        LastUsedAt = session.LastUsedAt,
        ExpiresAt = session.ExpiresAt,
        Address = session.Address,
        IsCurrent = session == current,
    };

    /// <summary>Who a caller is.</summary>
    public static Identity ToWire(Caller caller) => new()
    {
        Account = caller.Account,
        Role = ToWire(caller.Role),
        SessionId = caller.Session?.Id,
        Fingerprint = caller.Session?.KeyFingerprint,
        ExpiresAt = caller.Session?.EndsAt,
    };

    /// <summary>A role that an account can have.</summary>
    public static Accounts.AccountRole FromWire(AccountRole role) => role switch
    {
        AccountRole.User => Accounts.AccountRole.User,
        AccountRole.Admin => Accounts.AccountRole.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of an account."),
    };

    /// <summary>Reads a key.</summary>
    /// <exception cref="RpcException">It is none that can be used.</exception>
    public static PublicKey ReadKey(string text) => ReadKey(text, label: null).Key;

    /// <summary>Reads a key with what to call it.</summary>
    /// <exception cref="RpcException">It is none that can be used.</exception>
    public static Accounts.NewKey ReadKey(string text, string? label)
    {
        try
        {
            var key = PublicKey.Parse(text, out var comment);
            return new Accounts.NewKey(key, label ?? comment);
        }
        catch (FormatException e)
        {
            throw new RpcException(ContractErrors.InvalidParams($"/publicKey: {e.Message}.", "/publicKey", e.Message), e);
        }
    }

    /// <summary>A role of a caller.</summary>
    public static Contract.Role ToWire(Access.Role role) => role switch
    {
        Access.Role.Guest => Contract.Role.Guest,
        Access.Role.User => Contract.Role.User,
        Access.Role.Admin => Contract.Role.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role."),
    };

    private static AccountRole ToWire(Accounts.AccountRole role) => role switch
    {
        Accounts.AccountRole.User => AccountRole.User,
        Accounts.AccountRole.Admin => AccountRole.Admin,
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a role of an account."),
    };

    private static AccountKey ToWire(Accounts.AccountKey key) => new()
    {
        Fingerprint = key.Key.Fingerprint,
        PublicKey = key.Key.Text,
        Label = key.Label,
        AddedAt = key.AddedAt,
        LastUsedAt = key.LastUsedAt,
    };
}
