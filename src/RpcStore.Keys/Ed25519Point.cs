using System.Globalization;
using System.Numerics;

namespace RpcStore.Keys;

/// <summary>
/// Examines the encoding of a point on edwards25519 (RFC 8032 section 5.1.2). OpenSSL takes any 32 bytes for a public key, and
/// finds out while it verifies; a key that somebody registers should be refused at once, and say why.
/// </summary>
internal static class Ed25519Point
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;

    // -121665/121666, RFC 8032 section 5.1.
    private static readonly BigInteger D = Hex("052036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3");

    // The y of the two pairs of points of order 8; those of orders 1, 2 and 4 have the y 1, -1 and 0.
    private static readonly BigInteger OrderEight = Hex("005fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826");

    /// <summary>Says what is wrong with an encoding of a public key.</summary>
    /// <param name="encoded">32 bytes.</param>
    /// <returns>Null when it is one that is safe to use.</returns>
    public static string? Explain(ReadOnlySpan<byte> encoded)
    {
        Span<byte> bytes = stackalloc byte[32];
        encoded.CopyTo(bytes);
        bytes[31] &= 0x7f;
        var y = new BigInteger(bytes, isUnsigned: true);
        if (y >= P)
        {
            // Several encodings of one point would be several texts, and fingerprints, of one key.
            return "the Ed25519 point is not in its canonical form";
        }

        // With a point of small order, one signature fits many messages, or all of them: nobody would have to know a secret.
        if (y.IsZero || y.IsOne || y == P - 1 || y == OrderEight || y == P - OrderEight)
        {
            return "the Ed25519 point is one of small order, which proves nothing";
        }

        return IsOnCurve(y) ? null : "the Ed25519 point is not on the curve";
    }

    // x² = (y² - 1) / (dy² + 1) has a solution when the product of the two is a square (Euler's criterion).
    private static bool IsOnCurve(BigInteger y)
    {
        var square = y * y % P;
        var product = (square - 1) * ((D * square) + 1) % P;
        return BigInteger.ModPow(product, (P - 1) / 2, P).IsOne;
    }

    private static BigInteger Hex(string digits) => BigInteger.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
