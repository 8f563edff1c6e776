using System.Security.Cryptography;
using RpcStore.Keys.Native;

namespace RpcStore.Keys;

/// <summary>
/// Ed25519 (RFC 8032 section 5.1) by OpenSSL, which refuses an S that is not below the group's order and compares R byte by
/// byte, so that nobody can make a second signature out of a first. Thread-safe.
/// </summary>
internal static class Ed25519
{
    /// <summary>Bytes of a public key, and of the seed that a private key is.</summary>
    public const int KeyLength = 32;

    /// <summary>Bytes of a signature.</summary>
    public const int SignatureLength = 64;

    /// <summary>The public key that belongs to a private one.</summary>
    public static byte[] PublicKeyOf(ReadOnlySpan<byte> seed)
    {
        using var key = Check(LibCrypto.NewRawPrivateKey(LibCrypto.Ed25519, 0, seed, KeyLength));
        var publicKey = new byte[KeyLength];
        nuint length = KeyLength;
        Check(LibCrypto.GetRawPublicKey(key, publicKey, ref length));
        return publicKey;
    }

    /// <summary>Signs.</summary>
    public static byte[] Sign(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> message)
    {
        using var key = Check(LibCrypto.NewRawPrivateKey(LibCrypto.Ed25519, 0, seed, KeyLength));
        using var digest = Check(LibCrypto.NewDigest());
        Check(LibCrypto.SignInit(digest, 0, 0, 0, key));
        var signature = new byte[SignatureLength];
        nuint length = SignatureLength;
        Check(LibCrypto.Sign(digest, signature, ref length, message, (nuint)message.Length));
        return signature;
    }

    /// <summary>Whether a signature is that of a key for a message.</summary>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureLength)
        {
            return false;
        }

        using var key = Check(LibCrypto.NewRawPublicKey(LibCrypto.Ed25519, 0, publicKey, KeyLength));
        using var digest = Check(LibCrypto.NewDigest());
        Check(LibCrypto.VerifyInit(digest, 0, 0, 0, key));

        // 1 is yes; 0 and negative numbers are kinds of no, which differ between versions for signatures of a wrong form.
        var isRight = LibCrypto.Verify(digest, signature, SignatureLength, message, (nuint)message.Length) == 1;
        LibCrypto.ClearErrors();
        return isRight;
    }

    private static T Check<T>(T handle)
        where T : System.Runtime.InteropServices.SafeHandle
    {
        if (!handle.IsInvalid)
        {
            return handle;
        }

        handle.Dispose();
        throw Failure();
    }

    private static void Check(int result)
    {
        if (result != 1)
        {
            throw Failure();
        }
    }

    private static CryptographicException Failure()
    {
        LibCrypto.ClearErrors();
        return new CryptographicException("OpenSSL cannot do Ed25519 here. A build or a configuration (FIPS) may leave it out.");
    }
}
