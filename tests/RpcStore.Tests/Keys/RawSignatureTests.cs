using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Keys;
using Xunit;

namespace RpcStore.Tests.Keys;

public sealed class RawSignatureTests
{
    private static readonly BigInteger L = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493");

    // RFC 8032 section 7.1.
    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
        "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
        "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    [InlineData(
        "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
        "af82",
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a")]
    [InlineData(
        "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
        "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303dca179c138ac17ad9bef1177331a704")]
    public void Ed25519_is_that_of_the_RFC(string seed, string publicKey, string message, string signature)
    {
        using var key = PrivateKey.FromEd25519Seed(Convert.FromHexString(seed));
        var expected = Convert.FromHexString(signature);
        Assert.Equal(PublicKey.FromEd25519(Convert.FromHexString(publicKey)), key.PublicKey);
        Assert.Equal(expected, key.Sign(Convert.FromHexString(message)));
        Assert.True(key.PublicKey.Verify(Convert.FromHexString(message), expected));
        Assert.False(key.PublicKey.Verify([.. Convert.FromHexString(message), 0], expected));
    }

    // RFC 6979 appendix A.2.5, with SHA-256.
    [Theory]
    [InlineData(
        "sample",
        "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716",
        "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8")]
    [InlineData(
        "test",
        "F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367",
        "019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083")]
    public void Ecdsa_is_that_of_the_RFC(string message, string r, string s)
    {
        var key = PublicKey.FromP256Point(Convert.FromHexString(
            "0460FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB67903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"));
        var signature = Convert.FromHexString(r + s);
        Assert.True(key.Verify(Encoding.ASCII.GetBytes(message), signature));
        Assert.False(key.Verify("other"u8, signature));
        using var secret = PrivateKey.FromP256Number(
            key, Convert.FromHexString("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721"));
        Assert.True(key.Verify("x"u8, secret.Sign("x"u8)));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519)]
    [InlineData(KeyAlgorithm.EcdsaP256)]
    public void A_signature_holds_for_its_key_and_text_alone(KeyAlgorithm algorithm)
    {
        using var key = PrivateKey.Generate(algorithm);
        using var other = PrivateKey.Generate(algorithm);
        var text = SignatureText.Sign(key, "message"u8);
        Assert.Null(SignatureText.Explain(key.PublicKey, "message"u8, text));
        Assert.Null(SignatureText.Explain(key.PublicKey, "message"u8, $"\r\n {text}\n"));
        Assert.NotNull(SignatureText.Explain(other.PublicKey, "message"u8, text));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, "massage"u8, text));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, "message"u8, text + "A"));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, "message"u8, text.TrimEnd('=')));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, "message"u8, text.Insert(4, "\n")));
        Assert.NotNull(SignatureText.Explain(key.PublicKey, "message"u8, ""));
        Assert.Contains("4096", SignatureText.Explain(key.PublicKey, "message"u8, new string('A', 4097)));
    }

    [Theory]
    [InlineData(KeyAlgorithm.Ed25519, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    [InlineData(KeyAlgorithm.EcdsaP256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)]
    [InlineData(KeyAlgorithm.EcdsaP256, DSASignatureFormat.Rfc3279DerSequence)]
    public void No_bit_and_no_byte_may_be_missing_or_other(KeyAlgorithm algorithm, DSASignatureFormat format)
    {
        using var key = PrivateKey.Generate(algorithm);
        var signature = format == DSASignatureFormat.Rfc3279DerSequence ? ToDer(key.Sign("message"u8)) : key.Sign("message"u8);
        Assert.True(key.PublicKey.Verify("message"u8, signature));
        for (var bit = 0; bit < signature.Length * 8; bit++)
        {
            var changed = (byte[])signature.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(key.PublicKey.Verify("message"u8, changed), $"bit {bit}");
        }

        for (var length = 0; length < signature.Length; length++)
        {
            Assert.False(key.PublicKey.Verify("message"u8, signature.AsSpan(0, length)), $"{length} bytes");
        }

        Assert.False(key.PublicKey.Verify("message"u8, [.. signature, 0]));
        Assert.False(key.PublicKey.Verify("message"u8, [.. signature, .. signature]));
    }

    [Fact]
    public void Ed25519_signatures_have_one_form()
    {
        using var key = PrivateKey.Generate();
        var signature = key.Sign("message"u8);

        // The same S with the order of the group added proves as much, to a verifier that does not look.
        var s = new BigInteger(signature.AsSpan(32), isUnsigned: true) + L;
        Assert.False(key.PublicKey.Verify("message"u8, [.. signature[..32], .. ToBytes(s)]));

        var neutral = ToBytes(1);
        foreach (var r in new[] { neutral, new byte[32], ToBytes(BigInteger.Pow(2, 255) - 18), signature[..32] })
        {
            Assert.False(key.PublicKey.Verify("message"u8, [.. r, .. new byte[32]]));
            Assert.False(key.PublicKey.Verify("message"u8, [.. r, .. ToBytes(L)]));
            Assert.False(key.PublicKey.Verify("message"u8, [.. r, .. ToBytes(L - 1)]));
        }
    }

    [Fact]
    public void Ecdsa_numbers_out_of_range_are_refused()
    {
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var signature = key.Sign("message"u8);
        var order = Convert.FromHexString("FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");
        foreach (var half in new[] { new byte[32], order, Enumerable.Repeat((byte)0xff, 32).ToArray() })
        {
            Assert.False(key.PublicKey.Verify("message"u8, [.. half, .. signature[32..]]));
            Assert.False(key.PublicKey.Verify("message"u8, [.. signature[..32], .. half]));
            Assert.False(key.PublicKey.Verify("message"u8, [.. half, .. half]));
        }
    }

    [Fact]
    public void Der_that_is_not_DER_is_refused()
    {
        using var key = PrivateKey.Generate(KeyAlgorithm.EcdsaP256);
        var der = ToDer(key.Sign("message"u8));

        // A length in two bytes where one is enough, and a zero that nothing needs: BER, both of them.
        Assert.False(key.PublicKey.Verify("message"u8, [0x30, 0x81, der[1], .. der[2..]]));
        Assert.False(key.PublicKey.Verify("message"u8, [0x30, (byte)(der[1] + 1), 0x02, (byte)(der[3] + 1), 0, .. der[4..]]));
        Assert.False(key.PublicKey.Verify("message"u8, [0x30, 0x84, 0xff, 0xff, 0xff, 0xff, .. der[2..]]));
    }

    [Fact]
    public void Many_threads_verify_at_once()
    {
        using var key = PrivateKey.Generate();
        Parallel.For(0, 2000, i =>
        {
            var message = BitConverter.GetBytes(i);
            Assert.True(key.PublicKey.Verify(message, key.Sign(message)));
            Assert.False(key.PublicKey.Verify([.. message, 1], key.Sign(message)));
        });
    }

    [Fact]
    public void A_refused_signature_does_not_spoil_what_the_framework_does_next()
    {
        using var key = PrivateKey.Generate();
        Assert.False(key.PublicKey.Verify("message"u8, new byte[64]));
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.True(ecdsa.VerifyData("x"u8, ecdsa.SignData("x"u8, HashAlgorithmName.SHA256), HashAlgorithmName.SHA256));
    }

    private static byte[] ToDer(byte[] signature)
    {
        byte[] body = [.. Number(signature[..32]), .. Number(signature[32..])];
        return [0x30, (byte)body.Length, .. body];

        static byte[] Number(byte[] bytes)
        {
            var shortest = new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToByteArray(isBigEndian: true);
            return [2, (byte)shortest.Length, .. shortest];
        }
    }

    private static byte[] ToBytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true);
        Array.Resize(ref bytes, 32);
        return bytes;
    }
}
