namespace RpcStore.Keys.Wire;

/// <summary>
/// Base64 (RFC 4648 section 4) of which every value has exactly one text: padded, without white space, with zeros in the
/// bits that are left over.
/// </summary>
internal static class StrictBase64
{
    /// <summary>Reads it.</summary>
    /// <returns>Null for a text that is none.</returns>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        var bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || !Convert.TryFromBase64Chars(text, bytes, out var length))
        {
            return null;
        }

        // The framework passes over white space and over bits that are left over.
        Array.Resize(ref bytes, length);
        return text.SequenceEqual(Convert.ToBase64String(bytes)) ? bytes : null;
    }
}
