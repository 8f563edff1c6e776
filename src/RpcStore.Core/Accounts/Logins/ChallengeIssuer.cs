using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Keys;

namespace RpcStore.Core.Accounts.Logins;

/// <summary>
/// Makes challenges and knows its own again. Nothing is remembered of those that are outstanding, however many somebody asks
/// for: a nonce says itself when it expires, and carries a keyed hash (RFC 2104) of that, of its random bits and of the key
/// that it was made for. Only those that were used are remembered, until they expire. Safe to use from any thread.
/// </summary>
/// <param name="serverId">The server that the text names.</param>
/// <param name="options">How long a challenge is good.</param>
/// <param name="time">Its wall clock is what the text says, its monotonic clock what counts.</param>
internal sealed class ChallengeIssuer(string serverId, LoginOptions options, TimeProvider time)
{
    // When it expires in seconds since 1970, and in milliseconds of this process; 256 random bits; the keyed hash.
    private const int TimeLength = sizeof(long);
    private const int RandomLength = 32;
    private const int BodyLength = (2 * TimeLength) + RandomLength;
    private const int NonceLength = BodyLength + HMACSHA256.HashSizeInBytes;
    private const int NonceTextLength = ((NonceLength * 4) + 2) / 3;

    // Of this process only: after a restart, when what was used is forgotten, the nonces from before are worth nothing.
    private readonly byte[] secret = RandomNumberGenerator.GetBytes(32);
    private readonly long start = time.GetTimestamp();
    private readonly UsedNonces used = new(options.MaxUsedNonces);

    /// <summary>Makes one.</summary>
    public Challenge Create(PublicKey key)
    {
        // Whole seconds, as the text says it.
        var seconds = (time.GetUtcNow() + options.ChallengeLifetime).ToUnixTimeSeconds();
        var nonce = new byte[NonceLength];
        BinaryPrimitives.WriteInt64BigEndian(nonce, seconds);
        var expiry = Elapsed() + (long)options.ChallengeLifetime.TotalMilliseconds;
        BinaryPrimitives.WriteInt64BigEndian(nonce.AsSpan(TimeLength), expiry);
        RandomNumberGenerator.Fill(nonce.AsSpan(2 * TimeLength, RandomLength));
        Authenticate(nonce, key, nonce.AsSpan(BodyLength));
        return Describe(Base64Url.EncodeToString(nonce), seconds, key);
    }

    /// <summary>Knows one again.</summary>
    /// <param name="nonce">What the caller sent; anything.</param>
    /// <param name="key">The key that it must have been made for.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Unauthenticated"/>: it is not from here, was used, or has expired.
    /// </exception>
    public Challenge Recognize(string nonce, PublicKey key)
    {
        var bytes = Decode(nonce);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        if (bytes is not null)
        {
            Authenticate(bytes, key, hash);
        }

        if (bytes is null || !CryptographicOperations.FixedTimeEquals(hash, bytes.AsSpan(BodyLength)))
        {
            throw AccountFaults.NotAccepted(
                "nonce",
                "The nonce is not one that this server made for this key since it was started. Ask for a new challenge.");
        }

        if (Elapsed() >= ExpiryOf(bytes))
        {
            throw AccountFaults.NotAccepted("expired", "The challenge has expired. Ask for a new one.");
        }

        return used.Contains(RandomOf(bytes)) ? throw Used() : Describe(nonce, BinaryPrimitives.ReadInt64BigEndian(bytes), key);
    }

    /// <summary>Uses one up; of many who try at once, one succeeds.</summary>
    /// <param name="challenge">One that was recognized.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Unauthenticated"/>: it was used; <see cref="Fault.RateLimited"/>: too many were used lately.
    /// </exception>
    public void Use(Challenge challenge)
    {
        var bytes = Decode(challenge.Nonce)!;
        switch (used.TryAdd(RandomOf(bytes), ExpiryOf(bytes), Elapsed()))
        {
            case UsedNonces.Outcome.Known:
                throw Used();
            case UsedNonces.Outcome.Full:
                throw AccountFaults.TooOften("Too many logins succeeded lately.", options.ChallengeLifetime);
            default:
                return;
        }
    }

    private static StoreException Used() =>
        AccountFaults.NotAccepted("used", "The challenge was used already. Each is good for one login: ask for a new one.");

    private static byte[]? Decode(string nonce)
    {
        var bytes = new byte[NonceLength];
        return nonce.Length == NonceTextLength
            && Base64Url.DecodeFromChars(nonce, bytes, out _, out var length) == OperationStatus.Done
            && length == NonceLength
            && Base64Url.EncodeToString(bytes) == nonce
                ? bytes
                : null;
    }

    private static long ExpiryOf(byte[] nonce) => BinaryPrimitives.ReadInt64BigEndian(nonce.AsSpan(TimeLength));

    private static UInt128 RandomOf(byte[] nonce) => BinaryPrimitives.ReadUInt128BigEndian(nonce.AsSpan(2 * TimeLength));

    private Challenge Describe(string nonce, long seconds, PublicKey key)
    {
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds(seconds);
        var expires = expiresAt.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return new Challenge(
            nonce, $"rpcstore login 1\nserver {serverId}\nkey {key.Text}\nnonce {nonce}\nexpires {expires}", expiresAt);
    }

    private void Authenticate(ReadOnlySpan<byte> nonce, PublicKey key, Span<byte> hash)
    {
        byte[] message = [.. nonce[..BodyLength], .. Encoding.ASCII.GetBytes(key.Text)];
        HMACSHA256.HashData(secret, message, hash);
    }

    private long Elapsed() => (long)time.GetElapsedTime(start).TotalMilliseconds;
}
