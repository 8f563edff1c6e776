using System.Numerics;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using RpcStore.Keys;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Keys;

public sealed class PublicKeyTests
{
    private const string Raw = "MZBiBxjNsT6RKZUB2DHJV54vAnFmxNPODhAY3y5lMfg=";

    public static TheoryData<string, string> Samples => new()
    {
        { SampleKeys.Ed25519Line, SampleKeys.Ed25519Fingerprint },
        { SampleKeys.EcdsaLine, SampleKeys.EcdsaFingerprint },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_line_of_OpenSSH_is_read(string line, string fingerprint)
    {
        var key = PublicKey.Parse(line, out var comment);
        Assert.Equal(fingerprint, key.Fingerprint);
        Assert.EndsWith("@example", comment);
        Assert.Equal(line, $"{key.Text} {comment}");
        Assert.Equal(key, PublicKey.Parse($"  {key.Text}\r\n"));
        Assert.Equal(key.GetHashCode(), PublicKey.Parse(line.Replace(' ', '\t')).GetHashCode());
        Assert.Equal(key, PublicKey.FromSshBlob(key.ToSshBlob()));
    }

    [Fact]
    public void A_raw_key_is_that_of_its_line()
    {
        Assert.Equal(PublicKey.Parse(SampleKeys.Ed25519Line), PublicKey.Parse(Raw));
        Assert.NotEqual(PublicKey.Parse(SampleKeys.Ed25519Line), PublicKey.Parse(SampleKeys.EcdsaLine));
    }

    [Fact]
    public void SPKI_is_read_in_DER_and_PEM()
    {
        using var ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = PublicKey.Parse(ecdsa.ExportSubjectPublicKeyInfoPem());
        Assert.Equal(KeyAlgorithm.EcdsaP256, key.Algorithm);
        Assert.Equal(key, PublicKey.Parse(Convert.ToBase64String(ecdsa.ExportSubjectPublicKeyInfo())));
        Assert.True(key.Verify("x"u8, ecdsa.SignData("x"u8, HashAlgorithmName.SHA256)));
        Assert.True(key.Verify("x"u8, ecdsa.SignData("x"u8, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)));
    }

    [Fact]
    public void A_key_of_the_program_openssl_is_read()
    {
        using var folder = new TemporaryDirectory();
        foreach (var (arguments, expected) in new[] { ("ed25519", KeyAlgorithm.Ed25519), ("EC", KeyAlgorithm.EcdsaP256) })
        {
            var file = folder.Combine(arguments);
            string[] curve = arguments == "EC" ? ["-pkeyopt", "ec_paramgen_curve:P-256"] : [];
            Tool.Run("openssl", null, ["genpkey", "-algorithm", arguments, .. curve, "-out", file]);
            var key = PublicKey.Parse(Tool.Run("openssl", null, "pkey", "-in", file, "-pubout"));
            Assert.Equal(expected, key.Algorithm);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Ssh_keygen_gives_the_same_fingerprint(string line, string fingerprint)
    {
        using var folder = new TemporaryDirectory();
        var file = folder.Combine("key.pub");
        File.WriteAllText(file, PublicKey.Parse(line).Text + "\n");
        Assert.Contains($" {fingerprint} ", Tool.Run("ssh-keygen", null, "-l", "-f", file));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \n", "empty")]
    [InlineData("no key", "another kind (no)")]
    [InlineData("bogus", "neither")]
    [InlineData("MZBiBxjNsT6RKZUB2DHJV54vAnFmxNPODhAY3y5lMfg", "neither")]
    [InlineData("MZBiBxjNsT6RKZUB2DHJV54vAnFmxNPODhAY3y5lMfh=", "neither")]
    [InlineData("MZBiBxjNsT6RKZUB2DHJV54vAnFmxNPODhAY3y5lMQ==", "31 bytes")]
    [InlineData("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAAgQ== me", "another kind (ssh-rsa)")]
    [InlineData("sk-ssh-ed25519@openssh.com AAAA me", "another kind (sk-ssh-ed25519@openssh.com)")]
    [InlineData("no-pty ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDGQYgcYzbE+kSmVAdgxyVeeLwJxZsTTzg4QGN8uZTH4", "another kind (no-pty)")]
    [InlineData("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDGQYgcYzbE+kSmVAdgxyVeeLwJxZsTTzg4QGN8uZTH4\nssh-ed25519 AAAA", "several lines")]
    [InlineData("ssh-ed25519 ", "neither")]
    [InlineData("ssh-ed25519 !!!!", "not base64")]
    [InlineData("ecdsa-sha2-nistp256 AAAAC3NzaC1lZDI1NTE5AAAAIDGQYgcYzbE+kSmVAdgxyVeeLwJxZsTTzg4QGN8uZTH4", "the key in it is ssh-ed25519")]
    [InlineData("ssh-ed25519 AAAAB3NzaC1yc2EAAAADAQABAAAAgQ==", "another kind (ssh-rsa)")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "not the DER form")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n", "does not end")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAA AA\n-----END PUBLIC KEY-----", "something other")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----", "private key")]
    public void What_is_no_key_is_refused_with_the_reason(string text, string reason)
    {
        Assert.False(PublicKey.TryParse(text, out var key, out var why));
        Assert.Null(key);
        Assert.Contains(reason, why);
    }

    [Fact]
    public void A_text_that_is_too_long_is_not_even_looked_at() =>
        Assert.Contains("1024", Assert.Throws<FormatException>(() => PublicKey.Parse(SampleKeys.Ed25519Line + new string('x', 1024))).Message);

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_key_that_is_cut_off_or_has_more_behind_it_is_refused(string line, string fingerprint)
    {
        var blob = PublicKey.Parse(line).ToSshBlob();
        for (var length = 0; length < blob.Length; length++)
        {
            Assert.ThrowsAny<FormatException>(() => PublicKey.FromSshBlob(blob.AsSpan(0, length)));
        }

        Assert.Contains("1 bytes too many", Assert.Throws<FormatException>(() => PublicKey.FromSshBlob([.. blob, 0])).Message);
        Assert.Equal(fingerprint, PublicKey.FromSshBlob(blob).Fingerprint);
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_bit_that_flips_never_gives_the_same_key(string line, string fingerprint)
    {
        var blob = PublicKey.Parse(line).ToSshBlob();
        for (var bit = 0; bit < blob.Length * 8; bit++)
        {
            var changed = (byte[])blob.Clone();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            var text = $"{line.Split(' ')[0]} {Convert.ToBase64String(changed)}";
            Assert.True(!PublicKey.TryParse(text, out var key, out _) || key.Fingerprint != fingerprint, $"bit {bit}");
        }
    }

    [Fact]
    public void Any_bytes_are_a_key_or_refused() => Prop.ForAll<byte[]>(bytes =>
    {
        foreach (var name in new[] { "", "\0\0\0\vssh-ed25519\0\0\0 ", "\0\0\0\u0013ecdsa-sha2-nistp256\0\0\0\bnistp256\0\0\0A" })
        {
            try
            {
                byte[] blob = [.. name.Select(c => (byte)c), .. bytes];
                Assert.Equal(blob, PublicKey.FromSshBlob(blob).ToSshBlob());
            }
            catch (FormatException e)
            {
                Assert.NotEmpty(e.Message);
            }
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_length_that_is_huge_allocates_nothing()
    {
        byte[] blob = [0, 0, 0, 11, .. "ssh-ed25519"u8, 0xff, 0xff, 0xff, 0xff, 1, 2, 3];
        Assert.Contains("cut off", Assert.Throws<FormatException>(() => PublicKey.FromSshBlob(blob)).Message);
        Assert.Contains("cut off", Assert.Throws<FormatException>(() => PublicKey.FromSshBlob([0x7f, 0xff, 0xff, 0xff, 1])).Message);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000", "small order")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000080", "small order")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000000", "small order")]
    [InlineData("0100000000000000000000000000000000000000000000000000000000000080", "small order")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "small order")]
    [InlineData("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "small order")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "small order")]
    [InlineData("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85", "small order")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a", "small order")]
    [InlineData("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa", "small order")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "canonical")]
    [InlineData("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "canonical")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "canonical")]
    [InlineData("eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff", "canonical")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "canonical")]
    [InlineData("0200000000000000000000000000000000000000000000000000000000000000", "not on the curve")]
    public void A_point_that_proves_nothing_is_refused(string hex, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => PublicKey.FromEd25519(Convert.FromHexString(hex))).Message);

    [Fact]
    public void The_points_of_small_order_are_all_that_there_are()
    {
        // Doubling a point three times gives the neutral one (y = 1) exactly for those whose order divides eight. The curve
        // x² = (y² - 1) / (dy² + 1) lets y alone be doubled.
        var p = BigInteger.Pow(2, 255) - 19;
        var d = (-121665 * Inverse(121666)) % p + p;
        foreach (var y in new[] { 3, 4, 5, 6, 9, 10 }.Select(y => new BigInteger(y)))
        {
            var bytes = y.ToByteArray(isUnsigned: true);
            Array.Resize(ref bytes, 32);
            var isOnCurve = BigInteger.ModPow(SquareOfX(y), (p - 1) / 2, p).IsOne;
            Assert.Equal(isOnCurve, PublicKey.TryParse(Convert.ToBase64String(bytes), out _, out _));
            Assert.False(Double(Double(Double(y))).IsOne);
        }

        foreach (var hex in new[] { "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "00", "01" })
        {
            Assert.True(Double(Double(Double(new BigInteger(Convert.FromHexString(hex), isUnsigned: true)))).IsOne);
        }

        BigInteger Inverse(BigInteger n) => BigInteger.ModPow(n, p - 2, p);
        BigInteger SquareOfX(BigInteger y) => ((y * y) - 1) * Inverse((d * y * y) + 1) % p;
        BigInteger Double(BigInteger y)
        {
            var x2 = (SquareOfX(y) + p) % p;
            return ((y * y) + x2) * Inverse(((1 - (d * x2 * y * y)) % p) + p) % p;
        }
    }

    [Fact]
    public void A_point_beside_P256_is_refused()
    {
        var blob = PublicKey.Parse(SampleKeys.EcdsaLine).ToSshBlob();
        var point = blob[^65..];
        Assert.Equal(SampleKeys.EcdsaFingerprint, PublicKey.FromP256Point(point).Fingerprint);
        Assert.Contains("compressed", Reason([2, .. point[1..33]]));
        Assert.Contains("65 bytes", Reason([0]));
        Assert.Contains("65 bytes", Reason([]));
        Assert.Contains("65 bytes", Reason([.. point, 0]));
        Assert.Contains("65 bytes", Reason([6, .. point[1..]]));
        Assert.Contains("not on the curve", Reason([4, .. new byte[64]]));
        Assert.Contains("not on the curve", Reason([4, .. Enumerable.Repeat((byte)0xff, 64)]));
        Assert.Contains("not on the curve", Reason([.. point[..64], (byte)(point[64] ^ 1)]));

        static string Reason(byte[] point) => Assert.Throws<FormatException>(() => PublicKey.FromP256Point(point)).Message;
    }

    [Fact]
    public void A_key_on_another_curve_under_this_label_is_refused()
    {
        byte[] blob = [0, 0, 0, 19, .. "ecdsa-sha2-nistp256"u8, 0, 0, 0, 8, .. "nistp384"u8, 0, 0, 0, 1, 4];
        Assert.Contains("another curve", Assert.Throws<FormatException>(() => PublicKey.FromSshBlob(blob)).Message);
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Contains("SPKI", Assert.Throws<FormatException>(() => PublicKey.Parse(p384.ExportSubjectPublicKeyInfoPem())).Message);
    }
}
