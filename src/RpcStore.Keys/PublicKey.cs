using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using RpcStore.Keys.Wire;

namespace RpcStore.Keys;

/// <summary>
/// A public key that was examined: of a known algorithm, a point on its curve, in its one canonical form. Immutable and
/// thread-safe; two are equal when they are the same key.
/// </summary>
/// <remarks>
/// Its text is what stands in an <c>authorized_keys</c> file, without a comment: the name of the algorithm, a space, and the
/// base64 of the key as RFC 4253 section 6.6 encodes it.
/// </remarks>
public sealed class PublicKey : IEquatable<PublicKey>
{
    /// <summary>Characters in the longest text that is read as a key, its comment and white space included.</summary>
    public const int MaxTextLength = 1024;

    // An Ed25519 key of 32 bytes, or an uncompressed point of 65.
    private readonly byte[] material;

    private PublicKey(KeyAlgorithm algorithm, ReadOnlySpan<byte> material)
    {
        Algorithm = algorithm;
        this.material = material.ToArray();
        Text = $"{SshNames.Of(algorithm)} {Convert.ToBase64String(ToSshBlob())}";
        Fingerprint = "SHA256:" + Convert.ToBase64String(SHA256.HashData(ToSshBlob())).TrimEnd('=');
    }

    /// <summary>What kind of key it is.</summary>
    public KeyAlgorithm Algorithm { get; }

    /// <summary>The canonical text, such as <c>ssh-ed25519 AAAA…</c>.</summary>
    public string Text { get; }

    /// <summary>A short name, as <c>ssh-keygen -l</c> prints it: <c>SHA256:</c> and 43 characters of base64.</summary>
    public string Fingerprint { get; }

    internal ReadOnlySpan<byte> Material => material;

    /// <summary>Reads a key in any of the forms that people have it in (spec/auth.md).</summary>
    /// <param name="text">The text; white space around it does not count.</param>
    /// <exception cref="FormatException">It is no key that can be used; the message says why, for a person.</exception>
    public static PublicKey Parse(ReadOnlySpan<char> text) => PublicKeyText.Parse(text).Key;

    /// <inheritdoc cref="Parse(ReadOnlySpan{char})"/>
    /// <param name="text">The text; white space around it does not count.</param>
    /// <param name="comment">What follows the key in an OpenSSH line, usually where it was made; empty when there is none.</param>
    public static PublicKey Parse(ReadOnlySpan<char> text, out string comment)
    {
        (var key, comment) = PublicKeyText.Parse(text);
        return key;
    }

    /// <summary>Reads a key in any of the forms that people have it in (spec/auth.md).</summary>
    /// <param name="text">The text; white space around it does not count.</param>
    /// <param name="key">The key.</param>
    /// <param name="reason">Otherwise why it is none, for a person.</param>
    public static bool TryParse(
        ReadOnlySpan<char> text, [NotNullWhen(true)] out PublicKey? key, [NotNullWhen(false)] out string? reason)
    {
        try
        {
            key = Parse(text);
            reason = null;
            return true;
        }
        catch (FormatException e)
        {
            key = null;
            reason = e.Message;
            return false;
        }
    }

    /// <summary>Takes the 32 bytes of an Ed25519 key (RFC 8032 section 5.1.5).</summary>
    /// <exception cref="FormatException">They are no key that can be used; the message says why.</exception>
    public static PublicKey FromEd25519(ReadOnlySpan<byte> key)
    {
        if (key.Length != Ed25519.KeyLength)
        {
            throw new FormatException($"an Ed25519 key has {Ed25519.KeyLength} bytes, not {key.Length}");
        }

        return Ed25519Point.Explain(key) is { } reason
            ? throw new FormatException(reason)
            : new PublicKey(KeyAlgorithm.Ed25519, key);
    }

    /// <summary>Takes an uncompressed point on P-256 (SEC 1 section 2.3.3): 4, and x and y of 32 bytes.</summary>
    /// <exception cref="FormatException">It is no key that can be used; the message says why.</exception>
    public static PublicKey FromP256Point(ReadOnlySpan<byte> point) =>
        EcdsaP256.Explain(point) is { } reason
            ? throw new FormatException(reason)
            : new PublicKey(KeyAlgorithm.EcdsaP256, point);

    /// <summary>Reads a key as RFC 4253 section 6.6 encodes it; it must fill the whole.</summary>
    /// <exception cref="FormatException">It is no key that can be used; the message says why.</exception>
    public static PublicKey FromSshBlob(ReadOnlySpan<byte> blob)
    {
        var reader = new SshReader(blob, "the public key");
        var name = reader.ReadName();
        PublicKey key;
        switch (name)
        {
            case SshNames.Ed25519:
                key = FromEd25519(reader.ReadString());
                break;
            case SshNames.EcdsaP256:
                if (reader.ReadName() != SshNames.P256Curve)
                {
                    throw new FormatException($"the public key says {SshNames.EcdsaP256} and names another curve");
                }

                key = FromP256Point(reader.ReadString());
                break;
            default:
                throw PublicKeyText.OtherAlgorithm(name);
        }

        reader.End();
        return key;
    }

    /// <summary>The key as RFC 4253 section 6.6 encodes it.</summary>
    public byte[] ToSshBlob()
    {
        var blob = new SshWriter().WriteString(SshNames.Of(Algorithm));
        if (Algorithm == KeyAlgorithm.EcdsaP256)
        {
            blob.WriteString(SshNames.P256Curve);
        }

        return blob.WriteString(material).ToArray();
    }

    /// <summary>Whether a raw signature is this key's for a message.</summary>
    /// <param name="message">What should be signed; it is hashed by the algorithm itself.</param>
    /// <param name="signature">
    /// Ed25519: the 64 bytes of RFC 8032. ECDSA: r and s of 32 bytes each (IEEE P1363), or their DER form (RFC 3279).
    /// </param>
    /// <returns>False for anything else, whatever the bytes are.</returns>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) => Algorithm == KeyAlgorithm.Ed25519
        ? Ed25519.Verify(material, message, signature)
        : EcdsaP256.Verify(material, message, signature);

    /// <summary>The canonical text.</summary>
    public override string ToString() => Text;

    /// <inheritdoc/>
    public bool Equals([NotNullWhen(true)] PublicKey? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PublicKey);

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
