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
    /// <summary>Somebody who has proved nothing.</summary>
    public static Caller Guest { get; } = new(null, Role.Guest);

    /// <summary>The built-in admin: the server's own user, or root, on a local socket.</summary>
    public static Caller Local { get; } = new("local", Role.Admin);
}
