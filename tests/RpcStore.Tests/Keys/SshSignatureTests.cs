using System.Text;
using FsCheck;
using FsCheck.Fluent;
using RpcStore.Keys;
using RpcStore.Keys.Wire;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Keys;

public sealed class SshSignatureTests
{
    private static readonly byte[] Message = Encoding.ASCII.GetBytes(SampleKeys.Message);

    public static TheoryData<string, string> Samples => new()
    {
        { SampleKeys.Ed25519Line, SampleKeys.Ed25519Sha256 },
        { SampleKeys.Ed25519Line, SampleKeys.Ed25519Sha512 },
        { SampleKeys.EcdsaLine, SampleKeys.EcdsaSha256 },
        { SampleKeys.EcdsaLine, SampleKeys.EcdsaSha512 },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void Signatures_of_ssh_keygen_are_right(string line, string signature)
    {
        var key = PublicKey.Parse(line);
        Assert.Null(SignatureText.Explain(key, Message, signature));
        Assert.Null(SignatureText.Explain(key, Message, signature + "\n\n"));
        Assert.Null(SignatureText.Explain(key, Message, signature.Replace("\n", "\r\n")));
        Assert.Contains("not that of this text", SignatureText.Explain(key, [.. Message, (byte)'\n'], signature));
        using var other = PrivateKey.Generate(key.Algorithm);
        Assert.Contains("another key", SignatureText.Explain(other.PublicKey, Message, signature));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_bit_may_be_other(string line, string signature)
    {
        var key = PublicKey.Parse(line);
        var blob = Armour.Decode(signature, "SSH SIGNATURE", "it");
        for (var bit = 0; bit < blob.Length * 8; bit++)
        {
            var changed = (byte[])blob.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(Explain(key, changed) is not null, $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void No_bit_of_the_text_may_be_other(string line, string signature)
    {
        var key = PublicKey.Parse(line);
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = signature.ToCharArray();
            changed[bit / 8] ^= (char)(1 << (bit % 8));
            Assert.True(SignatureText.Explain(key, Message, changed) is not null, $"bit {bit}");
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Nothing_may_be_missing_or_follow(string line, string signature)
    {
        var key = PublicKey.Parse(line);
        var blob = Armour.Decode(signature, "SSH SIGNATURE", "it");
        for (var length = 0; length < blob.Length; length++)
        {
            Assert.True(Explain(key, blob[..length]) is not null, $"{length} bytes");
        }

        for (var length = 0; length < signature.Length; length++)
        {
            Assert.True(SignatureText.Explain(key, Message, signature.AsSpan(0, length)) is not null, $"{length} characters");
        }

        Assert.Contains("too many", Explain(key, [.. blob, 0]));
        Assert.NotNull(SignatureText.Explain(key, Message, signature + "\nmore"));
        Assert.NotNull(SignatureText.Explain(key, Message, signature + "\n" + signature));
        Assert.NotNull(SignatureText.Explain(key, Message, "more\n" + signature));
    }

    [Fact]
    public void Every_length_may_lie()
    {
        var key = PublicKey.Parse(SampleKeys.EcdsaLine);
        var blob = Armour.Decode(SampleKeys.EcdsaSha256, "SSH SIGNATURE", "it");
        foreach (var value in new byte[][] { [0xff, 0xff, 0xff, 0xff], [0x7f, 0xff, 0xff, 0xff], [0x80, 0, 0, 0], [0, 0, 0, 0] })
        {
            for (var place = 0; place + 4 <= blob.Length; place++)
            {
                byte[] changed = [.. blob[..place], .. value, .. blob[(place + 4)..]];
                Assert.Equal(changed.SequenceEqual(blob), Explain(key, changed) is null);
            }
        }
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, SignatureHash.Sha256)]
    [InlineData(KeyAlgorithm.Ed25519, SignatureHash.Sha512)]
    [InlineData(KeyAlgorithm.EcdsaP256, SignatureHash.Sha256)]
    [InlineData(KeyAlgorithm.EcdsaP256, SignatureHash.Sha512)]
    public void Any_text_is_signed_and_only_it(KeyAlgorithm algorithm, SignatureHash hash)
    {
        using var key = PrivateKey.Generate(algorithm);
        Prop.ForAll<byte[]>(message =>
        {
            var signature = SshSignature.Sign(key, message, hash);
            Assert.Null(SignatureText.Explain(key.PublicKey, message, signature));
            Assert.NotNull(SignatureText.Explain(key.PublicKey, [.. message, 0], signature));
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("file")]
    [InlineData("git")]
    [InlineData("")]
    [InlineData("rpcstor")]
    [InlineData("rpcstore2")]
    [InlineData("RPCSTORE")]
    public void A_signature_for_something_else_counts_for_nothing(string space)
    {
        using var key = PrivateKey.Generate();
        var blob = SshSignature.SignBlob(key, Message, space, SignatureHash.Sha512);
        Assert.Contains("another namespace", Explain(key.PublicKey, blob));
        Assert.Null(Explain(key.PublicKey, SshSignature.SignBlob(key, Message, "rpcstore", SignatureHash.Sha512)));
    }

    [Fact]
    public void A_raw_signature_is_no_SSHSIG_and_the_other_way_round()
    {
        using var key = PrivateKey.Generate();
        var sshsig = SshSignature.SignBlob(key, Message, "rpcstore", SignatureHash.Sha512);
        Assert.NotNull(SignatureText.Explain(key.PublicKey, Message, Convert.ToBase64String(sshsig)));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, Message, Convert.ToBase64String(sshsig[^64..])));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, Message, Armour.Encode(key.Sign(Message), "SSH SIGNATURE")));
    }

    [Fact]
    public void Other_hashes_and_versions_are_refused()
    {
        using var key = PrivateKey.Generate();
        var signature = new SshWriter().WriteString("ssh-ed25519").WriteString(new byte[64]).ToArray();
        Assert.Contains("another hash", Explain(key.PublicKey, Blob(1, "rpcstore", "sha1", signature)));
        Assert.Contains("version 1", Explain(key.PublicKey, Blob(2, "rpcstore", "sha256", signature)));
        Assert.Contains("version 1", Explain(key.PublicKey, Blob(0, "rpcstore", "sha256", signature)));
        var wrongKind = new SshWriter().WriteString("ssh-rsa").WriteString(new byte[64]).ToArray();
        Assert.Contains("another kind", Explain(key.PublicKey, Blob(1, "rpcstore", "sha256", wrongKind)));

        byte[] Blob(uint version, string space, string hash, byte[] signature) => new SshWriter().WriteBytes("SSHSIG"u8)
            .WriteUInt32(version).WriteString(key.PublicKey.ToSshBlob()).WriteString(space).WriteString("").WriteString(hash)
            .WriteString(signature).ToArray();
    }

    [Fact]
    public void Numbers_of_an_ECDSA_signature_have_one_form()
    {
        foreach (var number in new byte[][] { [], [0], [0x80], [0, 1], [0, 0, 0x80], [.. new byte[] { 1 }, .. new byte[32]] })
        {
            var bytes = new SshWriter().WriteString(number).ToArray();
            Assert.Throws<FormatException>(() => new SshReader(bytes, "it").ReadPositiveInteger(new byte[32]));
        }

        var field = new byte[32];
        new SshReader([0, 0, 0, 2, 0, 0x80], "it").ReadPositiveInteger(field);
        Assert.Equal(0x80, field[31]);
    }

    [Theory]
    [InlineData("ed25519", "sha256")]
    [InlineData("ed25519", "sha512")]
    [InlineData("ecdsa", "sha256")]
    [InlineData("ecdsa", "sha512")]
    public void The_ssh_keygen_of_this_machine_signs_for_this_program(string type, string hash)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key");
        Tool.Run("ssh-keygen", null, "-q", "-t", type, "-N", "", "-C", "me@here", "-f", file);
        var key = PublicKey.Parse(File.ReadAllText(file + ".pub"), out var comment);
        Assert.Equal("me@here", comment);
        var signature = Tool.Run("ssh-keygen", Message, "-q", "-Y", "sign", "-n", "rpcstore", "-O", $"hashalg={hash}", "-f", file);
        Assert.Null(SignatureText.Explain(key, Message, signature));

        var elsewhere = Tool.Run("ssh-keygen", Message, "-q", "-Y", "sign", "-n", "file", "-f", file);
        Assert.Contains("another namespace", SignatureText.Explain(key, Message, elsewhere));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, SignatureHash.Sha256)]
    [InlineData(KeyAlgorithm.Ed25519, SignatureHash.Sha512)]
    [InlineData(KeyAlgorithm.EcdsaP256, SignatureHash.Sha256)]
    [InlineData(KeyAlgorithm.EcdsaP256, SignatureHash.Sha512)]
    public void The_ssh_keygen_of_this_machine_takes_what_this_program_signs(KeyAlgorithm algorithm, SignatureHash hash)
    {
        using var folder = new TemporaryDirectory();
        using var key = PrivateKey.Generate(algorithm);
        File.WriteAllText(folder.Combine("signers"), $"me {key.PublicKey.Text}\n");
        File.WriteAllText(folder.Combine("signature"), SshSignature.Sign(key, Message, hash));
        var answer = Tool.Run(
            "ssh-keygen", Message, "-Y", "verify", "-f", folder.Combine("signers"), "-I", "me", "-n", "rpcstore", "-s", folder.Combine("signature"));
        Assert.StartsWith("Good \"rpcstore\" signature for me", answer);
    }

    private static string? Explain(PublicKey key, byte[] blob)
    {
        try
        {
            return SshSignature.ExplainBlob(key, Message, blob);
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }
}
