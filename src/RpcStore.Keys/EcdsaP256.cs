using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace RpcStore.Keys;

/// <summary>ECDSA on P-256 with SHA-256, by the framework. Thread-safe.</summary>
internal static class EcdsaP256
{
    /// <summary>Bytes of a coordinate, of a private number, and of each half of a signature.</summary>
    public const int NumberLength = 32;

    /// <summary>Bytes of an uncompressed point (SEC 1 section 2.3.3): 4, x, y.</summary>
    public const int PointLength = 1 + (2 * NumberLength);

    /// <summary>Bytes of a signature as IEEE P1363 writes it: r, s.</summary>
    public const int SignatureLength = 2 * NumberLength;

    private static readonly BigInteger P = Hex("0ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Hex("05ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    /// <summary>Says what is wrong with an encoding of a point.</summary>
    /// <returns>Null when it is an uncompressed point on the curve.</returns>
    public static string? Explain(ReadOnlySpan<byte> point)
    {
        if (point.Length > 0 && point[0] is 2 or 3)
        {
            return "the point is compressed; write the key with its uncompressed point";
        }

        if (point.Length != PointLength || point[0] != 4)
        {
            return $"a point on P-256 has {PointLength} bytes, the first of which is 4";
        }

        var x = new BigInteger(point[1..33], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[33..], isUnsigned: true, isBigEndian: true);
        var isOnCurve = x < P && y < P && (((x * x * x) - (3 * x) + B - (y * y)) % P).IsZero;
        return isOnCurve ? null : "the point is not on the curve P-256";
    }

    /// <summary>Whether a signature is that of a key for a message.</summary>
    /// <param name="point">The public key, which was examined.</param>
    /// <param name="message">What should be signed.</param>
    /// <param name="signature">64 bytes are r and s (IEEE P1363); any other number, the DER form of RFC 3279 section 2.2.3.</param>
    public static bool Verify(ReadOnlySpan<byte> point, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        using var key = ECDsa.Create(Parameters(point, null));
        var format = signature.Length == SignatureLength
            ? DSASignatureFormat.IeeeP1363FixedFieldConcatenation
            : DSASignatureFormat.Rfc3279DerSequence;
        return key.VerifyData(message, signature, HashAlgorithmName.SHA256, format);
    }

    /// <summary>Signs.</summary>
    /// <returns>r and s, 32 bytes each.</returns>
    public static byte[] Sign(ReadOnlySpan<byte> point, ReadOnlySpan<byte> number, ReadOnlySpan<byte> message)
    {
        var parameters = Parameters(point, number.ToArray());
        try
        {
            using var key = ECDsa.Create(parameters);
            return key.SignData(message, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }

    /// <summary>Makes a new pair.</summary>
    public static (byte[] Point, byte[] Number) Generate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var parameters = key.ExportParameters(includePrivateParameters: true);
        return ([4, .. parameters.Q.X!, .. parameters.Q.Y!], parameters.D!);
    }

    private static ECParameters Parameters(ReadOnlySpan<byte> point, byte[]? number) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = point[1..33].ToArray(), Y = point[33..].ToArray() },
        D = number,
    };

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
