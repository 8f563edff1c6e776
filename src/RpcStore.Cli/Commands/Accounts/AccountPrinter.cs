using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary>Prints accounts.</summary>
internal static class AccountPrinter
{
    /// <summary>The columns of a list of accounts.</summary>
    public static Column<Account>[] Columns { get; } =
    [
        new("NAME", row => row.Name) { Width = 20 },
        new("ROLE", row => WordFor(row.Role)) { Width = 5 },
        new("STATE", StateOf) { Width = 8 },
        new("KEYS", row => Text.Number(row.Keys.Count)) { IsNumber = true },
        new("CREATED", row => Text.Time(row.CreatedAt)) { Human = row => Text.ShortTime(row.CreatedAt) },
    ];

    /// <summary>Prints all that is known of one.</summary>
    public static void Print(CommandOutput output, Account account) =>
        FactWriter.Write(output, account, ContractJson.Default.Account, FactsOf(account));

    private static IEnumerable<Fact> FactsOf(Account account) =>
    [
        new("name", account.Name),
        new("role", WordFor(account.Role)),
        new("state", StateOf(account)),
        new("createdAt", Text.Time(account.CreatedAt), Text.ShortTime(account.CreatedAt)),
        new("updatedAt", Text.Time(account.UpdatedAt), Text.ShortTime(account.UpdatedAt)),
        new("passwordSetAt", account.PasswordSetAt is { } set ? Text.Time(set) : null, account.PasswordSetAt is { } time ? Text.ShortTime(time) : null),
        .. account.Keys.Select(key => new Fact("key", $"{key.Fingerprint} {key.Label}".TrimEnd(), Describe(key))),
    ];

    private static string Describe(AccountKey key)
    {
        var used = key.LastUsedAt is { } time ? $"last used {Text.ShortTime(time)}" : "never used";
        return $"{key.Fingerprint}  {(key.Label.Length > 0 ? key.Label + ", " : "")}{used}";
    }

    private static string StateOf(Account account) => account.Disabled ? "disabled" : "enabled";

    private static string WordFor(AccountRole role) => role == AccountRole.Admin ? "admin" : "user";
}
