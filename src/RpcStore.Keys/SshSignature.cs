using System.Security.Cryptography;
using System.Text;
using RpcStore.Keys.Wire;

namespace RpcStore.Keys;

/// <summary>
/// Signatures in the form SSHSIG (OpenSSH's document PROTOCOL.sshsig), which <c>ssh-keygen -Y sign</c> writes. They say what
/// they are for: only those of the namespace <see cref="Namespace"/> count here, so that a signature that somebody made of
/// a mail or of a commit cannot be used to log in.
/// </summary>
public static class SshSignature
{
    /// <summary>The one namespace that is made and taken.</summary>
    public const string Namespace = "rpcstore";

    private const string Label = "SSH SIGNATURE";
    private const string What = "the SSHSIG";

    private static ReadOnlySpan<byte> Magic => "SSHSIG"u8;

    /// <summary>Whether a text starts as an armoured SSHSIG does.</summary>
    public static bool IsArmoured(ReadOnlySpan<char> text) => Armour.IsPresent(text, Label);

    /// <summary>Signs a message.</summary>
    /// <param name="key">The key.</param>
    /// <param name="message">The message.</param>
    /// <param name="hash">What to hash it with.</param>
    /// <returns>The armoured text: lines that end in a line feed.</returns>
    public static string Sign(PrivateKey key, ReadOnlySpan<byte> message, SignatureHash hash = SignatureHash.Sha512) =>
        Armour.Encode(SignBlob(key, message, Namespace, hash), Label);

    /// <summary>Examines an armoured SSHSIG.</summary>
    /// <param name="key">The key that should have signed.</param>
    /// <param name="message">What should be signed.</param>
    /// <param name="armoured">The text.</param>
    /// <returns>Null when the signature is right, otherwise what is wrong with it, for a person.</returns>
    public static string? Explain(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<char> armoured)
    {
        try
        {
            return ExplainBlob(key, message, Armour.Decode(armoured, Label, What));
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    /// <summary>The bytes inside the armour.</summary>
    internal static byte[] SignBlob(PrivateKey key, ReadOnlySpan<byte> message, string space, SignatureHash hash)
    {
        var hashName = hash == SignatureHash.Sha256 ? "sha256" : "sha512";
        var raw = key.Sign(SignedData(Encoding.UTF8.GetBytes(space), [], hashName, message));
        var signature = new SshWriter().WriteString(SshNames.Of(key.PublicKey.Algorithm));
        if (key.PublicKey.Algorithm == KeyAlgorithm.Ed25519)
        {
            signature.WriteString(raw);
        }
        else
        {
            var half = EcdsaP256.NumberLength;
            signature.WriteString(new SshWriter().WriteInteger(raw.AsSpan(0, half)).WriteInteger(raw.AsSpan(half)).ToArray());
        }

        return new SshWriter().WriteBytes(Magic).WriteUInt32(1).WriteString(key.PublicKey.ToSshBlob())
            .WriteString(space).WriteString("").WriteString(hashName).WriteString(signature.ToArray()).ToArray();
    }

    /// <summary>Examines the bytes inside the armour.</summary>
    /// <returns>Null when the signature is right, otherwise what is wrong with it.</returns>
    /// <exception cref="FormatException">They are not of the form; the message says why.</exception>
    internal static string? ExplainBlob(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> blob)
    {
        var reader = new SshReader(blob, What);
        if (!reader.ReadBytes(Magic.Length).SequenceEqual(Magic) || reader.ReadUInt32() != 1)
        {
            return $"{What} is not one of version 1";
        }

        if (!PublicKey.FromSshBlob(reader.ReadString()).Equals(key))
        {
            return "the signature is by another key";
        }

        var space = reader.ReadString();
        if (!space.SequenceEqual(Encoding.UTF8.GetBytes(Namespace)))
        {
            return $"the signature is for another namespace: sign with ssh-keygen -Y sign -n {Namespace}";
        }

        // To be ignored by who does not know it, says the document; the signature covers it.
        var reserved = reader.ReadString();
        var hashName = reader.ReadName();
        if (hashName is not ("sha256" or "sha512"))
        {
            return "the signature is over another hash than sha256 or sha512";
        }

        var raw = ReadSignature(reader.ReadString(), key.Algorithm);
        reader.End();
        return key.Verify(SignedData(space, reserved, hashName, message), raw) ? null : "the signature is not that of this text";
    }

    private static byte[] ReadSignature(ReadOnlySpan<byte> blob, KeyAlgorithm algorithm)
    {
        var reader = new SshReader(blob, "the signature in the SSHSIG");
        if (reader.ReadName() != SshNames.Of(algorithm))
        {
            throw new FormatException("the signature is of another kind than its key");
        }

        var signature = reader.ReadString();
        reader.End();
        if (algorithm == KeyAlgorithm.Ed25519)
        {
            return signature.ToArray();
        }

        // RFC 5656 section 3.1.2.
        var raw = new byte[EcdsaP256.SignatureLength];
        var numbers = new SshReader(signature, "the signature in the SSHSIG");
        numbers.ReadPositiveInteger(raw.AsSpan(0, EcdsaP256.NumberLength));
        numbers.ReadPositiveInteger(raw.AsSpan(EcdsaP256.NumberLength));
        numbers.End();
        return raw;
    }

    private static byte[] SignedData(
        ReadOnlySpan<byte> space, ReadOnlySpan<byte> reserved, string hashName, ReadOnlySpan<byte> message)
    {
        var hash = hashName == "sha256" ? SHA256.HashData(message) : SHA512.HashData(message);
        return new SshWriter().WriteBytes(Magic).WriteString(space).WriteString(reserved).WriteString(hashName).WriteString(hash)
            .ToArray();
    }
}
