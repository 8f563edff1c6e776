using System.Buffers;
using RpcStore.Core.Accounts;

namespace RpcStore.Core.Flists.Registry;

/// <summary>Names a flist: whose it is, and which of theirs.</summary>
/// <param name="Account">The account, or <c>local</c>.</param>
/// <param name="Name">1 to 128 letters, digits, hyphens, underscores and dots, of which the first is a letter or a digit.</param>
public readonly record struct FlistKey(string Account, string Name)
{
    /// <summary>Characters in the longest name.</summary>
    public const int MaxNameLength = 128;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    /// <summary>Whether a text may be the name of a flist. Such names need no quoting in a shell, a URL or a file name.</summary>
    public static bool IsValidName(ReadOnlySpan<char> name) =>
        name.Length is >= 1 and <= MaxNameLength && !name.ContainsAnyExcept(Allowed) && char.IsAsciiLetterOrDigit(name[0]);

    /// <summary>Makes sure that a flist may have this name.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: it may not.</exception>
    public void Check()
    {
        if (!AccountName.IsValid(Account))
        {
            throw FlistRegistryFaults.Invalid("/account", "not the name of an account");
        }

        if (!IsValidName(Name))
        {
            throw FlistRegistryFaults.Invalid(
                "/name", $"a name has 1 to {MaxNameLength} letters, digits, '-', '_' and '.', and starts with a letter or a digit");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Account}/{Name}";
}
