using System.Globalization;
using System.Text;

namespace RpcStore.CodeGen.Reference;

/// <summary>What string literals of the languages have in common.</summary>
internal static class TextLiteral
{
    /// <summary>Escapes what no literal between double quotes may hold as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="control">How the language writes a control character that has no short form, with the hex digits in place of <c>{0}</c>.</param>
    public static string Escape(string text, string control)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '\\' => @"\\",
                '"' => "\\\"",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when char.IsControl(c) => string.Format(CultureInfo.InvariantCulture, control, $"{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>The text that bytes stand for, or null when they are not short text that people read.</summary>
    public static string? AsText(byte[] bytes) =>
        bytes.Length <= 64 && bytes.All(b => b is >= 0x20 and < 0x7f) ? Encoding.ASCII.GetString(bytes) : null;
}
