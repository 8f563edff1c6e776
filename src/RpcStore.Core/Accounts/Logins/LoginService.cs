using System.Text;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;
using RpcStore.Keys;

namespace RpcStore.Core.Accounts.Logins;

/// <summary>Challenges and logins (spec/auth.md). Safe to use from any thread.</summary>
public sealed class LoginService
{
    private readonly CatalogDatabase catalog;
    private readonly SessionRegistry sessions;
    private readonly TimeProvider time;
    private readonly ChallengeIssuer challenges;
    private readonly LoginThrottle throttle;

    /// <param name="serverId">The server that challenges name.</param>
    /// <param name="catalog">Where accounts are kept; opened with <see cref="AccountTables.Migrations"/>.</param>
    /// <param name="sessions">What a login opens.</param>
    /// <param name="options">How long a challenge is good, and how often somebody may try.</param>
    /// <param name="time">What the time is.</param>
    public LoginService(
        string serverId, CatalogDatabase catalog, SessionRegistry sessions, LoginOptions options, TimeProvider time)
    {
        this.catalog = catalog;
        this.sessions = sessions;
        this.time = time;
        challenges = new ChallengeIssuer(serverId, options, time);
        throttle = new LoginThrottle(options, time);
        Passwords = new PasswordLogins(catalog, sessions, throttle, time);
    }

    /// <summary>Logins with an API password; those that fail count together with the others of their address.</summary>
    public PasswordLogins Passwords { get; }

    /// <summary>Makes a challenge for a key, whether it belongs to an account or not.</summary>
    /// <param name="key">The key to prove.</param>
    /// <param name="address">Who asks: an IP address without its port, or a word for another kind of endpoint.</param>
    /// <exception cref="StoreException"><see cref="Fault.RateLimited"/>: this address asks too often.</exception>
    public Challenge CreateChallenge(PublicKey key, string address)
    {
        throttle.CountChallenge(address);
        return challenges.Create(key);
    }

    /// <summary>Opens a session for whoever proves that they have a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="nonce">That of a challenge for this key.</param>
    /// <param name="signature">Over the challenge's text: base64 of a raw one, or an armoured SSHSIG.</param>
    /// <param name="address">Who asks: an IP address without its port, or a word for another kind of endpoint.</param>
    /// <param name="cancellationToken">Takes the request back as long as the session is not being opened.</param>
    /// <returns>The token, which is told once, and its session.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Unauthenticated"/>: it is not accepted; the detail <c>reason</c> is <c>nonce</c>, <c>expired</c>,
    /// <c>used</c>, <c>signature</c>, <c>unknownKey</c> or <c>disabled</c>. The last two are only told to who has the key.
    /// <see cref="Fault.RateLimited"/>: too many failed. As <see cref="CatalogDatabase"/>: nothing was opened.
    /// </exception>
    public async Task<(string Token, Session Session)> LoginAsync(
        PublicKey key, string nonce, string signature, string address, CancellationToken cancellationToken = default)
    {
        throttle.CountLogin(address, key);
        var isGuess = false;
        try
        {
            return await OpenAsync(key, nonce, signature, address, cancellationToken);
        }
        catch (StoreException e) when (e.Fault == Fault.Unauthenticated)
        {
            isGuess = true;
            throw;
        }
        finally
        {
            if (!isGuess)
            {
                throttle.Forgive(address, key);
            }
        }
    }

    private async Task<(string Token, Session Session)> OpenAsync(
        PublicKey key, string nonce, string signature, string address, CancellationToken cancellationToken)
    {
        var challenge = challenges.Recognize(nonce, key);
        CheckSignature(key, challenge.Text, signature);
        var account = Admit(await catalog.ReadAsync(session => new AccountRows(session).FindByKey(key), cancellationToken), key);
        challenges.Use(challenge);
        return await sessions.OpenAsync(
            account,
            SessionCredential.OfKey(key.Fingerprint),
            address,
            transaction =>
            {
                var rows = new AccountRows(transaction);
                var current = Admit(rows.FindByKey(key), key);
                if (current.Id != account.Id)
                {
                    throw UnknownKey(key);
                }

                rows.TouchKey(key.Fingerprint, time.GetUtcNow());
                return current;
            },
            cancellationToken);
    }

    private static void CheckSignature(PublicKey key, string text, string signature)
    {
        if (SignatureText.Explain(key, Encoding.ASCII.GetBytes(text), signature) is not { } reason)
        {
            return;
        }

        // What echo and jq -r make of the text; it looks right in every terminal.
        if (SignatureText.Explain(key, Encoding.ASCII.GetBytes(text + "\n"), signature) is null)
        {
            reason = "it covers the text with a line feed at its end, which the text does not have: use printf %s, or jq -j";
        }

        throw AccountFaults.NotAccepted("signature", $"The signature is not accepted: {reason}.");
    }

    private static StoredAccount Admit(StoredAccount? account, PublicKey key)
    {
        if (account is null)
        {
            throw UnknownKey(key);
        }

        return account.Account.IsDisabled
            ? throw AccountFaults.NotAccepted("disabled", $"Account '{account.Account.Name}' is disabled.")
            : account;
    }

    private static StoreException UnknownKey(PublicKey key) =>
        AccountFaults.NotAccepted("unknownKey", $"The key {key.Fingerprint} belongs to no account here. Ask an admin to add it.");
}
