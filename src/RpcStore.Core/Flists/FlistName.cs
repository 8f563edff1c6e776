using System.Text;

namespace RpcStore.Core.Flists;

/// <summary>What a name in a directory may be (spec/flist.md, section 1).</summary>
internal static class FlistName
{
    /// <summary>As on Linux: NAME_MAX.</summary>
    public const int MaxBytes = 255;

    /// <summary>The name of the root.</summary>
    public const string Root = "/";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Why bytes are no name.</summary>
    /// <returns>To follow "the name"; null when they are one.</returns>
    public static string? WhyInvalid(ReadOnlySpan<byte> name) => name switch
    {
        [] => "is empty",
        [(byte)'.'] or [(byte)'.', (byte)'.'] => "is '.' or '..'",
        { Length: > MaxBytes } => $"has more than {MaxBytes} bytes",
        _ when name.ContainsAny((byte)'/', (byte)0) => "holds a slash or a NUL",
        _ when !System.Text.Unicode.Utf8.IsValid(name) => "is not UTF-8",
        _ => null,
    };

    /// <summary>A name as the bytes that are stored.</summary>
    /// <exception cref="ArgumentException">It is no name; the message says why.</exception>
    public static byte[] ToBytes(string name)
    {
        byte[] bytes;
        try
        {
            bytes = Strict.GetBytes(name);
        }
        catch (EncoderFallbackException e)
        {
            throw new ArgumentException("the name holds half a surrogate pair", nameof(name), e);
        }

        return WhyInvalid(bytes) is { } problem ? throw new ArgumentException($"the name {problem}", nameof(name)) : bytes;
    }
}
