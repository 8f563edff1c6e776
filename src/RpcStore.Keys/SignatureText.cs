using RpcStore.Keys.Wire;

namespace RpcStore.Keys;

/// <summary>A signature as it travels in a call: an armoured SSHSIG, or base64 of a raw signature (spec/auth.md).</summary>
public static class SignatureText
{
    /// <summary>Characters in the longest text that is read as a signature.</summary>
    public const int MaxLength = 4096;

    /// <summary>Signs a message, and writes the raw signature as base64.</summary>
    public static string Sign(PrivateKey key, ReadOnlySpan<byte> message) => Convert.ToBase64String(key.Sign(message));

    /// <summary>Examines a signature of either form.</summary>
    /// <param name="key">The key that should have signed.</param>
    /// <param name="message">What should be signed.</param>
    /// <param name="text">The signature; white space around it does not count.</param>
    /// <returns>Null when the signature is right, otherwise what is wrong with it, for a person.</returns>
    public static string? Explain(PublicKey key, ReadOnlySpan<byte> message, ReadOnlySpan<char> text)
    {
        if (text.Length > MaxLength)
        {
            return $"a signature has at most {MaxLength} characters";
        }

        if (SshSignature.IsArmoured(text))
        {
            return SshSignature.Explain(key, message, text);
        }

        var raw = StrictBase64.Decode(text.Trim(" \t\r\n"));
        if (raw is null)
        {
            return "the signature is neither base64 with its padding nor an armoured SSHSIG";
        }

        return key.Verify(message, raw) ? null : "the signature is not this key's for this text";
    }
}
