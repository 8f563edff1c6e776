using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace RpcStore.Core.Accounts.Sessions;

/// <summary>
/// The secret of a session: <c>rpcs_</c> and 256 random bits in base64url. The prefix lets people, and programs that look for
/// leaked secrets, know one when they see it.
/// </summary>
internal static class SessionToken
{
    private const string Prefix = "rpcs_";
    private const int RandomBytes = 32;
    private const int Length = 5 + 43;

    /// <summary>Makes one.</summary>
    public static string Create() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(RandomBytes));

    /// <summary>What is kept of a token, here and on the disk.</summary>
    /// <returns>False for a text that is no token.</returns>
    public static bool TryHash(ReadOnlySpan<char> token, out TokenHash hash)
    {
        hash = default;
        Span<byte> utf8 = stackalloc byte[Length];
        if (token.Length != Length || !token.StartsWith(Prefix) || !Ascii.IsValid(token))
        {
            return false;
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        Encoding.ASCII.GetBytes(token, utf8);
        SHA256.HashData(utf8, digest);
        hash = TokenHash.Read(digest);
        return true;
    }
}

/// <summary>The SHA-256 of a token. A token has 256 random bits, so that its hash needs no salt and no slowness.</summary>
internal readonly record struct TokenHash(UInt128 High, UInt128 Low)
{
    /// <summary>Takes the 32 bytes.</summary>
    public static TokenHash Read(ReadOnlySpan<byte> digest) =>
        new(BinaryPrimitives.ReadUInt128BigEndian(digest), BinaryPrimitives.ReadUInt128BigEndian(digest[16..]));

    /// <summary>Gives the 32 bytes.</summary>
    public byte[] ToArray()
    {
        var digest = new byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt128BigEndian(digest, High);
        BinaryPrimitives.WriteUInt128BigEndian(digest.AsSpan(16), Low);
        return digest;
    }
}
