using System.Net;
using System.Net.Sockets;
using RpcStore.Keys;

namespace RpcStore.Core.Accounts.Logins;

/// <summary>Slows down whoever guesses, by address, and by key or account. Safe to use from any thread.</summary>
/// <param name="options">How often somebody may try.</param>
/// <param name="time">Its monotonic clock counts.</param>
internal sealed class LoginThrottle(LoginOptions options, TimeProvider time)
{
    private readonly TokenBuckets challenges = new(options.ChallengesPerAddress, options.MaxTracked, time);
    private readonly TokenBuckets byAddress = new(options.FailuresPerAddress, options.MaxTracked, time);
    private readonly TokenBuckets byKey = new(options.FailuresPerKey, options.MaxTracked, time);
    private readonly TokenBuckets byAccount = new(options.FailuresPerKey, options.MaxTracked, time);

    /// <summary>Counts a challenge.</summary>
    /// <exception cref="StoreException"><see cref="Fault.RateLimited"/>.</exception>
    public void CountChallenge(string address)
    {
        if (challenges.TryTake(Group(address)) is { } wait)
        {
            throw AccountFaults.TooOften("This address asks for challenges too often.", wait);
        }
    }

    /// <summary>Counts a login before it is looked at, as if it failed.</summary>
    /// <exception cref="StoreException"><see cref="Fault.RateLimited"/>: too many failed.</exception>
    public void CountLogin(string address, PublicKey key) =>
        Count(address, byKey, key.Fingerprint, "Too many logins with this key failed.");

    /// <summary>Counts a login with a password before it is looked at, as if it failed.</summary>
    /// <param name="address">Who asks.</param>
    /// <param name="account">The account that is tried; empty for what cannot be the name of one.</param>
    /// <exception cref="StoreException"><see cref="Fault.RateLimited"/>: too many failed.</exception>
    public void CountPassword(string address, string account) =>
        Count(address, byAccount, account, "Too many logins with the password of this account failed.");

    /// <summary>Takes back what was counted for a login that did not fail.</summary>
    public void Forgive(string address, PublicKey key)
    {
        byAddress.GiveBack(Group(address));
        byKey.GiveBack(key.Fingerprint);
    }

    /// <summary>Takes back what was counted for a login with a password that did not fail.</summary>
    public void ForgivePassword(string address, string account)
    {
        byAddress.GiveBack(Group(address));
        byAccount.GiveBack(account);
    }

    /// <summary>
    /// What counts as one address: of IPv6 the first 64 bits, since whoever has one address there has all those beside it.
    /// </summary>
    internal static string Group(string address)
    {
        if (!IPAddress.TryParse(address, out var ip))
        {
            return address.Length == 0 ? "-" : address;
        }

        if (ip.IsIPv4MappedToIPv6 || ip.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return ip.MapToIPv4().ToString();
        }

        Span<byte> bytes = stackalloc byte[16];
        ip.TryWriteBytes(bytes, out _);
        return Convert.ToHexString(bytes[..8]);
    }

    private void Count(string address, TokenBuckets buckets, string name, string message)
    {
        if (byAddress.TryTake(Group(address)) is { } addressWait)
        {
            throw AccountFaults.TooOften("Too many logins from this address failed.", addressWait);
        }

        if (buckets.TryTake(name) is { } wait)
        {
            throw AccountFaults.TooOften(message, wait);
        }
    }
}
