using RpcStore.Keys;

namespace RpcStore.Core.Accounts;

/// <summary>What an account may do; an admin may do what a user may.</summary>
public enum AccountRole
{
    /// <summary>Reads.</summary>
    User,

    /// <summary>Changes and manages.</summary>
    Admin,
}

/// <summary>Somebody who is known by public keys or a password, at one moment. Immutable.</summary>
public sealed record Account
{
    /// <summary>Its name, which never changes (<see cref="AccountName"/>).</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required AccountRole Role { get; init; }

    /// <summary>Whether it is kept from logging in.</summary>
    public required bool IsDisabled { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it or its keys were last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When its API password was set; null when it has none.</summary>
    public DateTimeOffset? PasswordSetAt { get; init; }

    /// <summary>The keys that log in to it, the oldest first; at most <see cref="AccountRegistry.MaxKeys"/>.</summary>
    public IReadOnlyList<AccountKey> Keys { get; init; } = [];
}

/// <summary>A key of an account.</summary>
/// <param name="Key">The key; it belongs to no other account.</param>
/// <param name="Label">What people call it, often who made it and where; may be empty.</param>
/// <param name="AddedAt">When the account got it.</param>
/// <param name="LastUsedAt">When it last logged in; null: never.</param>
public sealed record AccountKey(PublicKey Key, string Label, DateTimeOffset AddedAt, DateTimeOffset? LastUsedAt);

/// <summary>A key that an account is to get.</summary>
/// <param name="Key">The key.</param>
/// <param name="Label">What people will call it: at most 200 characters, none of them a control character.</param>
public sealed record NewKey(PublicKey Key, string Label = "");

/// <summary>What to change of an account; what is null stays.</summary>
public sealed record AccountChange
{
    /// <summary>What it may do from now on.</summary>
    public AccountRole? Role { get; init; }

    /// <summary>Whether it is kept from logging in from now on.</summary>
    public bool? IsDisabled { get; init; }
}
