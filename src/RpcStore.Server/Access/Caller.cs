using RpcStore.Core.Accounts.Sessions;

namespace RpcStore.Server.Access;

/// <summary>What a caller may do; each may do what those before it may.</summary>
public enum Role
{
    /// <summary>Not logged in.</summary>
    Guest,

    /// <summary>An account that reads.</summary>
    User,

    /// <summary>An account that changes and manages.</summary>
    Admin,
}

/// <summary>Who makes a call. It comes from a credential, never from a parameter.</summary>
/// <param name="Account">The account's name; null for a guest.</param>
/// <param name="Role">What it may do.</param>
public sealed record Caller(string? Account, Role Role)
{
    /// <summary>The name under which the journal knows whoever has proved nothing.</summary>
    public const string GuestName = "guest";

    /// <summary>The name of the built-in admin.</summary>
    public const string LocalName = "local";

    /// <summary>The session that says so; null for who needs none.</summary>
    public Session? Session { get; init; }

    /// <summary>Whether it is the built-in admin, who may do what nobody may over the network.</summary>
    public bool IsLocal => Account == LocalName;

    /// <summary>Somebody who has proved nothing.</summary>
    public static Caller Guest { get; } = new(null, Role.Guest);

    /// <summary>The built-in admin: the server's own user, or root, on a local socket.</summary>
    public static Caller Local { get; } = new(LocalName, Role.Admin);
}
