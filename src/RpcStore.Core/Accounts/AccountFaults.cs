namespace RpcStore.Core.Accounts;

/// <summary>The refusals of this domain, in one wording.</summary>
internal static class AccountFaults
{
    /// <summary>There is no such account.</summary>
    public static StoreException NoAccount(string name) => With(Fault.NotFound, $"There is no account '{name}'.", "account");

    /// <summary>There is one already.</summary>
    public static StoreException AccountExists(string name) =>
        With(Fault.Conflict, $"There is an account '{name}' already.", "exists");

    /// <summary>The account has no such key.</summary>
    public static StoreException NoKey(string name, string fingerprint) =>
        With(Fault.NotFound, $"Account '{name}' has no key {fingerprint}.", "key");

    /// <summary>The key belongs to an account.</summary>
    public static StoreException KeyTaken(string fingerprint, string owner) =>
        With(Fault.Conflict, $"The key {fingerprint} belongs to account '{owner}'. A key logs in to one account.", "keyTaken");

    /// <summary>Nobody could manage the server over the network any more.</summary>
    public static StoreException LastAdmin() => With(
        Fault.Conflict,
        "This would leave no enabled admin with a key, and nobody could manage the server over the network. "
            + "Make another admin first, or do it on the server's local socket.",
        "lastAdmin");

    /// <summary>It owns things that are not removed along the way.</summary>
    public static StoreException OwnsThings(string name) => With(
        Fault.Conflict, $"Account '{name}' owns flists or uploaded files. Delete them first, or give them to another account by uploading them there.", "owner");

    /// <summary>There is no such session.</summary>
    public static StoreException NoSession(string id) => With(Fault.NotFound, $"There is no session '{id}'.", "session");

    /// <summary>A login is not accepted.</summary>
    /// <param name="reason">For a program: <c>unknownKey</c>, <c>signature</c>, <c>nonce</c> …</param>
    /// <param name="message">For a person.</param>
    public static StoreException NotAccepted(string reason, string message) => With(Fault.Unauthenticated, message, reason);

    /// <summary>Somebody tries too often.</summary>
    public static StoreException TooOften(string message, TimeSpan wait)
    {
        var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        return new StoreException(Fault.RateLimited, $"{message} Try again in {seconds} s.")
        {
            Details = new Dictionary<string, object> { ["retryAfter"] = seconds },
        };
    }

    /// <summary>A parameter is wrong.</summary>
    public static StoreException Invalid(string pointer, string reason) =>
        new(Fault.Invalid, $"{pointer}: {reason}.")
        {
            Details = new Dictionary<string, object> { ["pointer"] = pointer, ["reason"] = reason },
        };

    private static StoreException With(Fault fault, string message, string reason) =>
        new(fault, message) { Details = new Dictionary<string, object> { ["reason"] = reason } };
}
