using System.Buffers;

namespace RpcStore.Core.Accounts;

/// <summary>
/// The names of accounts: 1 to 64 lower-case letters, digits, hyphens, underscores and dots, of which the first is a letter
/// or a digit. They need no quoting in a shell, a URL or a file name.
/// </summary>
public static class AccountName
{
    /// <summary>The built-in admin of the local socket.</summary>
    public const string Local = "local";

    /// <summary>Characters in the longest name.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> Allowed = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a text is a name, a reserved one included.</summary>
    public static bool IsValid(ReadOnlySpan<char> name) =>
        name.Length is >= 1 and <= MaxLength && !name.ContainsAnyExcept(Allowed) && char.IsAsciiLetterOrDigit(name[0]);

    /// <summary>Whether a name belongs to the server: <c>guest</c> is nobody, <c>local</c> is the admin of the local socket.</summary>
    public static bool IsReserved(ReadOnlySpan<char> name) => name is "guest" or Local;

    /// <summary>Makes sure that an account may have a name.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: it may not; the reason is in the details.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
        {
            throw Refusal("a name has 1 to 64 lower-case letters, digits, '-', '_' and '.', and starts with a letter or a digit");
        }

        if (IsReserved(name))
        {
            throw Refusal("this name belongs to the server itself");
        }
    }

    private static StoreException Refusal(string reason) => AccountFaults.Invalid("/name", reason);
}
