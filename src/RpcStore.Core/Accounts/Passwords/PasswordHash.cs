using System.Security.Cryptography;
using System.Text;

namespace RpcStore.Core.Accounts.Passwords;

/// <summary>
/// What is kept of a password: PBKDF2 (RFC 8018) with HMAC-SHA-512 over its UTF-8 bytes, with what it was made with beside it,
/// so that later ones may be made with more. Immutable; safe to use from any thread.
/// </summary>
internal sealed class PasswordHash
{
    /// <summary>The only scheme there is.</summary>
    public const string Pbkdf2Sha512 = "pbkdf2-sha512";

    // What OWASP recommends for this scheme (Password Storage Cheat Sheet, 2023): some 100 ms of a processor.
    private const int Iterations = 210_000;
    private const int SaltBytes = 16;
    private const int HashBytes = 32;

    private readonly byte[] hash;

    /// <summary>Takes what was kept.</summary>
    /// <exception cref="InvalidDataException">The catalog says something that this server never writes.</exception>
    public PasswordHash(string scheme, long iterations, byte[] salt, byte[] hash)
    {
        if (scheme != Pbkdf2Sha512 || iterations is < 1 or > int.MaxValue || hash.Length == 0)
        {
            throw new InvalidDataException($"The catalog has a password of the unknown scheme '{scheme}'.");
        }

        Rounds = (int)iterations;
        Salt = salt;
        this.hash = hash;
    }

    /// <summary>How it was made.</summary>
    public string Scheme => Pbkdf2Sha512;

    /// <summary>How often the function is applied.</summary>
    public int Rounds { get; }

    /// <summary>16 random bytes of its own.</summary>
    public byte[] Salt { get; }

    /// <summary>The result.</summary>
    public ReadOnlySpan<byte> Hash => hash;

    /// <summary>Makes one. Takes some 100 ms of a processor.</summary>
    public static PasswordHash Create(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return new PasswordHash(Pbkdf2Sha512, Iterations, salt, Derive(password, salt, Iterations, HashBytes));
    }

    /// <summary>One that nothing fits, which takes as long to find out as for any other.</summary>
    public static PasswordHash CreateDecoy() => new(
        Pbkdf2Sha512, Iterations, RandomNumberGenerator.GetBytes(SaltBytes), RandomNumberGenerator.GetBytes(HashBytes));

    /// <summary>Whether a password is this one. Takes some 100 ms of a processor, whatever the answer.</summary>
    public bool Matches(string password) =>
        CryptographicOperations.FixedTimeEquals(Derive(password, Salt, Rounds, hash.Length), hash);

    private static byte[] Derive(string password, byte[] salt, int rounds, int length) =>
        Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA512, length);
}
