using System.Text;

namespace RpcStore.Keys.Wire;

/// <summary>The textual encoding of RFC 7468, as strict as <c>ssh-keygen</c> and <c>openssl</c> write it.</summary>
internal static class Armour
{
    // As ssh-keygen breaks lines.
    private const int LineLength = 70;

    /// <summary>The line before a body.</summary>
    public static string Begin(string label) => $"-----BEGIN {label}-----";

    /// <summary>The line after a body.</summary>
    public static string End(string label) => $"-----END {label}-----";

    /// <summary>Whether a text starts as one with this label does.</summary>
    public static bool IsPresent(ReadOnlySpan<char> text, string label) =>
        text.TrimStart().StartsWith(Begin(label), StringComparison.Ordinal);

    /// <summary>Reads the body; around the whole there may be white space and nothing else.</summary>
    /// <param name="text">The text.</param>
    /// <param name="label">The label that it must have.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="FormatException">It is not of this form; the message says why.</exception>
    public static byte[] Decode(ReadOnlySpan<char> text, string label, string what)
    {
        var trimmed = text.Trim(" \t\r\n");
        var begin = Begin(label);
        var end = End(label);
        if (!trimmed.StartsWith(begin, StringComparison.Ordinal))
        {
            throw new FormatException($"{what} does not start with {begin}");
        }

        if (!trimmed.EndsWith(end, StringComparison.Ordinal) || trimmed.Length < begin.Length + end.Length)
        {
            throw new FormatException($"{what} does not end with {end}");
        }

        return StrictBase64.Decode(JoinLines(trimmed[begin.Length..^end.Length]))
            ?? throw new FormatException($"{what} has something other than lines of base64 between its first and last line");
    }

    /// <summary>Writes bytes as text of lines that end in a line feed.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, string label)
    {
        var text = new StringBuilder().Append(Begin(label)).Append('\n');
        var body = Convert.ToBase64String(bytes);
        for (var start = 0; start < body.Length; start += LineLength)
        {
            text.Append(body.AsSpan(start, Math.Min(LineLength, body.Length - start))).Append('\n');
        }

        return text.Append(End(label)).Append('\n').ToString();
    }

    private static string JoinLines(ReadOnlySpan<char> body)
    {
        var joined = new StringBuilder(body.Length);
        foreach (var line in body.Split('\n'))
        {
            joined.Append(body[line].TrimEnd('\r'));
        }

        return joined.ToString();
    }
}
