namespace RpcStore.Core.Accounts.Passwords;

/// <summary>What an API password may be: 12 to 256 characters of which none is a control character.</summary>
public static class ApiPassword
{
    /// <summary>Characters (UTF-16 units) in the shortest one.</summary>
    public const int MinLength = 12;

    /// <summary>Characters in the longest one.</summary>
    public const int MaxLength = 256;

    /// <summary>Makes sure that a text may be a password.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: it may not. The text itself is not in the message.</exception>
    public static void Check(string password)
    {
        if (password.Length is < MinLength or > MaxLength)
        {
            throw AccountFaults.Invalid("/password", $"a password has {MinLength} to {MaxLength} characters");
        }

        // Nobody can type one, and HTTP Basic cannot carry it (RFC 7617, section 2).
        if (password.Any(char.IsControl))
        {
            throw AccountFaults.Invalid("/password", "a password has no control characters, such as a line feed");
        }
    }
}
