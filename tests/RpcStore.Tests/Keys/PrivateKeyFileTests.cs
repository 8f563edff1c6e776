using FsCheck;
using FsCheck.Fluent;
using RpcStore.Keys;
using RpcStore.Keys.Wire;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Keys;

public sealed class PrivateKeyFileTests
{
    public static TheoryData<string, string, string> Samples => new()
    {
        { SampleKeys.Ed25519File, SampleKeys.Ed25519Line, "ops@example" },
        { SampleKeys.EcdsaFile, SampleKeys.EcdsaLine, "ec@example" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Files_of_ssh_keygen_are_read(string text, string line, string comment)
    {
        using var key = PrivateKeyFile.Parse(text);
        Assert.Equal(PublicKey.Parse(line), key.PublicKey);
        Assert.Equal(comment, key.Comment);
        Assert.True(key.PublicKey.Verify("x"u8, key.Sign("x"u8)));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void A_new_key_is_in_a_file_of_its_owner_alone(KeyAlgorithm algorithm)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key");
        using var key = PrivateKey.Generate(algorithm, "me@here");
        PrivateKeyFile.Create(file, key);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        using var read = PrivateKeyFile.Read(file);
        Assert.Equal(key.PublicKey, read.PublicKey);
        Assert.Equal("me@here", read.Comment);
        Assert.Throws<IOException>(() => PrivateKeyFile.Create(file, key));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void Ssh_keygen_uses_the_file(KeyAlgorithm algorithm)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key");
        using var key = PrivateKey.Generate(algorithm, "me@here");
        PrivateKeyFile.Create(file, key);
        Assert.Equal($"{key.PublicKey.Text} me@here", Tool.Run("ssh-keygen", null, "-y", "-f", file).Trim());
        var signature = Tool.Run("ssh-keygen", "text"u8.ToArray(), "-q", "-Y", "sign", "-n", "rpcstore", "-f", file);
        Assert.Null(SignatureText.Explain(key.PublicKey, "text"u8, signature));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void Any_comment_comes_back(KeyAlgorithm algorithm) => Prop.ForAll<NonNull<string>>(comment =>
    {
        var text = new string([.. comment.Get.Where(c => !char.IsSurrogate(c))]);
        using var key = PrivateKey.Generate(algorithm, text);
        using var read = PrivateKeyFile.Parse(PrivateKeyFile.Format(key));
        Assert.Equal(text, read.Comment);
        Assert.Equal(key.PublicKey, read.PublicKey);
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_that_others_can_read_is_refused(UnixFileMode others)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key");
        File.WriteAllText(file, SampleKeys.Ed25519File);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        Assert.Contains("chmod 600", Assert.Throws<FormatException>(() => PrivateKeyFile.Read(file)).Message);
    }

    [Fact]
    public void A_key_with_a_passphrase_is_refused_with_a_way_out() =>
        Assert.Contains("ssh-keygen -Y sign", Assert.Throws<FormatException>(() => PrivateKeyFile.Parse(SampleKeys.EncryptedFile)).Message);

    [Theory]
    [InlineData("", "no private key file")]
    [InlineData(SampleKeys.Ed25519Line, "no private key file")]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n", "not in OpenSSH's own format")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "cut off")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n", "does not end")]
    public void What_is_no_key_file_is_refused_with_the_reason(string text, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => PrivateKeyFile.Parse(text)).Message);

    [Fact]
    public void A_file_that_is_too_long_is_refused()
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key");
        File.WriteAllBytes(file, new byte[20_000]);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        Assert.Contains("longer", Assert.Throws<FormatException>(() => PrivateKeyFile.Read(file)).Message);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_damaged_file_is_refused_or_is_the_same_key(string text, string line, string comment)
    {
        var expected = PublicKey.Parse(line);
        var bytes = Armour.Decode(text, "OPENSSH PRIVATE KEY", "it");
        var refused = 0;
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            var changed = (byte[])bytes.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                using var key = PrivateKeyFile.Parse(Armour.Encode(changed, "OPENSSH PRIVATE KEY"));
                Assert.Equal(expected, key.PublicKey);
                Assert.NotEqual(comment, key.Comment);
            }
            catch (FormatException)
            {
                refused++;
            }
        }

        Assert.True(refused >= (bytes.Length - comment.Length) * 8, $"{refused} of {bytes.Length * 8}");
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = Armour.Encode(bytes.AsSpan(0, length), "OPENSSH PRIVATE KEY");
            Assert.Throws<FormatException>(() => PrivateKeyFile.Parse(part));
        }
    }

    [Fact]
    public void A_key_that_was_disposed_signs_nothing()
    {
        var key = PrivateKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(() => key.Sign("x"u8));
    }
}
