using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Access;

/// <summary>Prints who a caller is.</summary>
internal static class IdentityPrinter
{
    /// <summary>Prints all that is known.</summary>
    public static void Print(CommandOutput output, Identity identity) =>
        FactWriter.Write(output, identity, ContractJson.Default.Identity, FactsOf(identity));

    private static IEnumerable<Fact> FactsOf(Identity identity) =>
    [
        new("account", identity.Account),
        new("role", identity.Role.ToString().ToLowerInvariant()),
        new("sessionId", identity.SessionId),
        new("fingerprint", identity.Fingerprint),
        identity.ExpiresAt is { } time ? new("expiresAt", Text.Time(time), Text.ShortTime(time)) : new("expiresAt", null),
    ];
}
