using RpcStore.Keys.Wire;

namespace RpcStore.Keys;

/// <summary>Reads the texts that people have public keys in: OpenSSH lines, PEM, and base64 of DER or of raw bytes.</summary>
internal static class PublicKeyText
{
    private const string PemLabel = "PUBLIC KEY";

    // The SubjectPublicKeyInfo of these two algorithms has one DER form only, so that its start is constant:
    // RFC 8410 section 4, and RFC 5480 section 2.1.1 with an uncompressed point.
    private static ReadOnlySpan<byte> Ed25519Prefix => [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

    private static ReadOnlySpan<byte> P256Prefix =>
    [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01,
        0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];

    /// <summary>Reads a key and the comment behind it.</summary>
    /// <exception cref="FormatException">It is no key that can be used; the message says why.</exception>
    public static (PublicKey Key, string Comment) Parse(ReadOnlySpan<char> text)
    {
        if (text.Length > PublicKey.MaxTextLength)
        {
            throw new FormatException($"a public key has at most {PublicKey.MaxTextLength} characters");
        }

        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            throw new FormatException("this is a private key; it must never leave its machine. Give the public one");
        }

        var trimmed = text.Trim(" \t\r\n");
        if (trimmed.IsEmpty)
        {
            throw new FormatException("the public key is empty");
        }

        if (Armour.IsPresent(trimmed, PemLabel))
        {
            return (ReadSpki(Armour.Decode(trimmed, PemLabel, "the public key")), "");
        }

        return trimmed.IndexOfAny(" \t\r\n") < 0 ? (ReadBare(trimmed), "") : ReadLine(trimmed);
    }

    /// <summary>The refusal of an algorithm that is not known.</summary>
    /// <param name="name">Its name, if it has one that can be printed.</param>
    public static FormatException OtherAlgorithm(string? name) => new(
        $"the public key is of another kind{(name is null ? "" : $" ({name})")}: "
            + $"only {SshNames.Ed25519} and {SshNames.EcdsaP256} are taken");

    private static PublicKey ReadBare(ReadOnlySpan<char> text)
    {
        var bytes = StrictBase64.Decode(text)
            ?? throw new FormatException("the public key is neither an OpenSSH line, nor PEM, nor base64 with its padding");
        return bytes.Length switch
        {
            Ed25519.KeyLength => PublicKey.FromEd25519(bytes),
            _ when bytes[0] == 0x30 => ReadSpki(bytes),
            _ => throw new FormatException(
                $"the public key has {bytes.Length} bytes: a raw Ed25519 key has {Ed25519.KeyLength}, "
                    + "and a P-256 key is given as its SPKI"),
        };
    }

    private static PublicKey ReadSpki(ReadOnlySpan<byte> spki)
    {
        if (spki.Length == Ed25519Prefix.Length + Ed25519.KeyLength && spki.StartsWith(Ed25519Prefix))
        {
            return PublicKey.FromEd25519(spki[Ed25519Prefix.Length..]);
        }

        if (spki.Length == P256Prefix.Length + EcdsaP256.PointLength && spki.StartsWith(P256Prefix))
        {
            return PublicKey.FromP256Point(spki[P256Prefix.Length..]);
        }

        throw new FormatException(
            "the public key is not the DER form (SPKI) of an Ed25519 key or of a P-256 key with its uncompressed point");
    }

    private static (PublicKey Key, string Comment) ReadLine(ReadOnlySpan<char> line)
    {
        if (line.IndexOfAny("\r\n") >= 0)
        {
            throw new FormatException("the public key has several lines; give one key at a time");
        }

        var (label, rest) = Cut(line);
        if (label is not (SshNames.Ed25519 or SshNames.EcdsaP256))
        {
            throw OtherAlgorithm(IsName(label) ? label : null);
        }

        var (body, comment) = Cut(rest);
        var blob = StrictBase64.Decode(body)
            ?? throw new FormatException("the middle part of the public key's line is not base64 with its padding");
        var key = PublicKey.FromSshBlob(blob);
        return label == SshNames.Of(key.Algorithm)
            ? (key, comment)
            : throw new FormatException($"the public key's line says {label}, and the key in it is {SshNames.Of(key.Algorithm)}");
    }

    private static (string First, string Remainder) Cut(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(" \t");
        return end < 0 ? (text.ToString(), "") : (text[..end].ToString(), text[end..].Trim(" \t").ToString());
    }

    private static bool IsName(ReadOnlySpan<char> text) => text.Length <= 64 && !text.ContainsAnyExceptInRange('!', '~');
}
