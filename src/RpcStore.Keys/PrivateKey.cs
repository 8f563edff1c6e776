using System.Security.Cryptography;

namespace RpcStore.Keys;

/// <summary>A private key, held in memory until it is disposed. Signing is thread-safe.</summary>
public sealed class PrivateKey : IDisposable
{
    // The seed of Ed25519, or the number of P-256: 32 bytes.
    private readonly byte[] secret;
    private bool isDisposed;

    private PrivateKey(PublicKey publicKey, byte[] secret, string comment)
    {
        PublicKey = publicKey;
        this.secret = secret;
        Comment = comment;
    }

    /// <summary>The key that others know.</summary>
    public PublicKey PublicKey { get; }

    /// <summary>What its file says about it, usually who made it and where; may be empty.</summary>
    public string Comment { get; }

    internal ReadOnlySpan<byte> Secret => secret;

    /// <summary>Makes a new key from the operating system's randomness.</summary>
    /// <param name="algorithm">What kind of key.</param>
    /// <param name="comment">What its file and its public line will say about it.</param>
    /// <exception cref="CryptographicException">This machine's OpenSSL cannot.</exception>
    public static PrivateKey Generate(KeyAlgorithm algorithm = KeyAlgorithm.Ed25519, string comment = "")
    {
        if (algorithm == KeyAlgorithm.Ed25519)
        {
            return FromEd25519Seed(RandomNumberGenerator.GetBytes(Ed25519.KeyLength), comment);
        }

        var (point, number) = EcdsaP256.Generate();
        return new PrivateKey(PublicKey.FromP256Point(point), number, comment);
    }

    /// <summary>Takes the 32 secret bytes that an Ed25519 key is made of (RFC 8032 section 5.1.5).</summary>
    /// <param name="seed">The bytes; copied.</param>
    /// <param name="comment">What its file will say about it.</param>
    /// <exception cref="ArgumentException">There are more or fewer of them.</exception>
    public static PrivateKey FromEd25519Seed(ReadOnlySpan<byte> seed, string comment = "")
    {
        if (seed.Length != Ed25519.KeyLength)
        {
            throw new ArgumentException($"a seed has {Ed25519.KeyLength} bytes, not {seed.Length}", nameof(seed));
        }

        return new PrivateKey(PublicKey.FromEd25519(Ed25519.PublicKeyOf(seed)), seed.ToArray(), comment);
    }

    /// <summary>Takes the private number of a P-256 key and the point that belongs to it.</summary>
    /// <param name="publicKey">The key that others know.</param>
    /// <param name="number">32 bytes; copied.</param>
    /// <param name="comment">What its file will say about it.</param>
    /// <exception cref="FormatException">The two do not belong together, or the number is out of range.</exception>
    public static PrivateKey FromP256Number(PublicKey publicKey, ReadOnlySpan<byte> number, string comment = "")
    {
        var key = new PrivateKey(publicKey, number.ToArray(), comment);
        try
        {
            if (publicKey.Algorithm == KeyAlgorithm.EcdsaP256
                && number.Length == EcdsaP256.NumberLength
                && publicKey.Verify("probe"u8, key.Sign("probe"u8)))
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // Depending on its version, OpenSSL tells while it takes the two, or gives a signature that is wrong.
        }

        key.Dispose();
        throw new FormatException("the private and the public part of the key do not belong together");
    }

    /// <summary>Signs a message.</summary>
    /// <param name="message">The message; the algorithm hashes it.</param>
    /// <returns>64 bytes: RFC 8032, or r and s of 32 bytes each.</returns>
    /// <exception cref="ObjectDisposedException">The key was disposed.</exception>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        return PublicKey.Algorithm == KeyAlgorithm.Ed25519
            ? Ed25519.Sign(secret, message)
            : EcdsaP256.Sign(PublicKey.Material, secret, message);
    }

    /// <summary>Overwrites the secret.</summary>
    public void Dispose()
    {
        isDisposed = true;
        CryptographicOperations.ZeroMemory(secret);
    }
}
