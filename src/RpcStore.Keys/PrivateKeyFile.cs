using System.Security.Cryptography;
using System.Text;
using RpcStore.Keys.Wire;

namespace RpcStore.Keys;

/// <summary>
/// Private keys in files as OpenSSH writes them (its document PROTOCOL.key), without a passphrase, so that
/// <c>ssh-keygen</c> and this program use the same file.
/// </summary>
public static class PrivateKeyFile
{
    private const string Label = "OPENSSH PRIVATE KEY";

    // Far above what a key of either kind needs, with any comment.
    private const int MaxLength = 16 * 1024;
    private const int BlockLength = 8;
    private const string Plain = "none";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static ReadOnlySpan<byte> Magic => "openssh-key-v1\0"u8;

    /// <summary>Writes a key to a new file that its owner alone may read (mode 0600), and onto the disk.</summary>
    /// <exception cref="IOException">The file exists already, or cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be written to.</exception>
    public static void Create(string path, PrivateKey key)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(Encoding.ASCII.GetBytes(Format(key)));
        file.Flush(flushToDisk: true);
    }

    /// <summary>Reads a key from a file.</summary>
    /// <exception cref="FormatException">
    /// It holds no key that can be used, or others than its owner may read it; the message says what to do.
    /// </exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static PrivateKey Read(string path)
    {
        using var file = File.OpenRead(path);
        if (!OperatingSystem.IsWindows()
            && (File.GetUnixFileMode(file.SafeFileHandle) & ~(OwnerOnly | UnixFileMode.UserExecute)) != 0)
        {
            throw new FormatException(
                $"others than its owner may read or change {path}: make it private with chmod 600, as ssh demands too");
        }

        var text = new byte[MaxLength + 1];
        var length = file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false);
        if (length > MaxLength)
        {
            throw new FormatException($"{path} is longer than any private key file");
        }

        try
        {
            return Parse(Encoding.Latin1.GetString(text.AsSpan(0, length)));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(text);
        }
    }

    /// <summary>The text of a key's file.</summary>
    public static string Format(PrivateKey key)
    {
        var publicBlob = key.PublicKey.ToSshBlob();

        // The same number twice tells a reader that it has decrypted rightly; here nothing is encrypted.
        var check = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        var secret = new SshWriter().WriteUInt32(check).WriteUInt32(check).WriteBytes(publicBlob);
        if (key.PublicKey.Algorithm == KeyAlgorithm.Ed25519)
        {
            secret.WriteString([.. key.Secret, .. key.PublicKey.Material]);
        }
        else
        {
            secret.WriteInteger(key.Secret);
        }

        secret.WriteString(key.Comment);
        for (byte padding = 1; secret.Length % BlockLength != 0; padding++)
        {
            secret.WriteBytes([padding]);
        }

        var whole = new SshWriter().WriteBytes(Magic).WriteString(Plain).WriteString(Plain).WriteString("").WriteUInt32(1)
            .WriteString(publicBlob).WriteString(secret.ToArray());
        return Armour.Encode(whole.ToArray(), Label);
    }

    /// <summary>Reads a key from the text of its file.</summary>
    /// <exception cref="FormatException">It holds no key that can be used; the message says what to do.</exception>
    public static PrivateKey Parse(string text)
    {
        if (!Armour.IsPresent(text, Label))
        {
            throw new FormatException(text.Contains(" PRIVATE KEY-----", StringComparison.Ordinal)
                ? "the private key is not in OpenSSH's own format: convert it with ssh-keygen -p -N '' -f FILE"
                : $"this is no private key file: it does not start with {Armour.Begin(Label)}");
        }

        var bytes = Armour.Decode(text, Label, "the private key file");
        try
        {
            return Read(bytes);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static PrivateKey Read(ReadOnlySpan<byte> bytes)
    {
        const string What = "the private key file";
        var reader = new SshReader(bytes, What);
        if (!reader.ReadBytes(Magic.Length).SequenceEqual(Magic))
        {
            throw new FormatException($"{What} is of another version than openssh-key-v1");
        }

        var cipher = reader.ReadName();
        var derivation = reader.ReadName();
        var options = reader.ReadString();
        if (cipher != Plain || derivation != Plain || !options.IsEmpty)
        {
            throw new FormatException(
                "the private key has a passphrase, which this program does not ask for: sign with "
                + "ssh-keygen -Y sign -n rpcstore -f FILE (it asks, or uses ssh-agent), or use a key without a passphrase, such as rpcstore keys new makes");
        }

        if (reader.ReadUInt32() != 1)
        {
            throw new FormatException($"{What} holds another number of keys than one");
        }

        var publicKey = PublicKey.FromSshBlob(reader.ReadString());
        var secret = reader.ReadString();
        reader.End();
        return ReadSecret(new SshReader(secret, What), secret.Length, publicKey);
    }

    private static PrivateKey ReadSecret(SshReader reader, int length, PublicKey publicKey)
    {
        var publicBlob = publicKey.ToSshBlob();
        if (length % BlockLength != 0
            || reader.ReadUInt32() != reader.ReadUInt32()
            || !reader.ReadBytes(publicBlob.Length).SequenceEqual(publicBlob))
        {
            throw new FormatException(
                "the private part of the key file is damaged, or belongs to another key than its public part");
        }

        Span<byte> secret = stackalloc byte[2 * Ed25519.KeyLength];
        if (publicKey.Algorithm == KeyAlgorithm.Ed25519)
        {
            var pair = reader.ReadString();
            if (pair.Length != secret.Length)
            {
                throw new FormatException($"the private part of the key has {pair.Length} bytes, not {secret.Length}");
            }

            pair.CopyTo(secret);
        }
        else
        {
            secret = secret[..EcdsaP256.NumberLength];
            reader.ReadPositiveInteger(secret);
        }

        var comment = Encoding.UTF8.GetString(reader.ReadString());
        CheckPadding(reader.Rest);
        try
        {
            return publicKey.Algorithm == KeyAlgorithm.Ed25519
                ? Ed25519Pair(secret, publicKey, comment)
                : PrivateKey.FromP256Number(publicKey, secret, comment);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static PrivateKey Ed25519Pair(ReadOnlySpan<byte> pair, PublicKey publicKey, string comment)
    {
        var key = PrivateKey.FromEd25519Seed(pair[..Ed25519.KeyLength], comment);
        if (key.PublicKey.Equals(publicKey) && pair[Ed25519.KeyLength..].SequenceEqual(publicKey.Material))
        {
            return key;
        }

        key.Dispose();
        throw new FormatException("the private and the public part of the key do not belong together");
    }

    private static void CheckPadding(ReadOnlySpan<byte> padding)
    {
        for (var i = 0; i < padding.Length; i++)
        {
            if (padding.Length >= BlockLength || padding[i] != i + 1)
            {
                throw new FormatException("the private key file has something other than padding at its end");
            }
        }
    }
}
