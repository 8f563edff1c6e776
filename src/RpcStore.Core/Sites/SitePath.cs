using System.Buffers;
using System.Text;

namespace RpcStore.Core.Sites;

/// <summary>Reads the path of a request target, and writes paths into URLs (RFC 3986).</summary>
public static class SitePath
{
    /// <summary>
    /// Stands for what no name can hold: an encoded slash, NUL, or bytes that are not UTF-8. No path with it leads to anything.
    /// </summary>
    private const char Never = '\0';

    private static readonly SearchValues<char> Unreserved =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@");

    /// <summary>The decoded path of a request target.</summary>
    /// <param name="target">What is between method and version of the request.</param>
    /// <returns>Empty when the target has no path. Dots are not resolved: no name is <c>..</c>, so nothing is found by it.</returns>
    public static ReadOnlySpan<char> Read(string target)
    {
        var path = target.AsSpan();
        if (!path.StartsWith('/'))
        {
            // As to a proxy: scheme, authority, path (RFC 9112, section 3.2.2).
            var authority = path.IndexOf("://", StringComparison.Ordinal);
            var slash = authority < 0 ? -1 : path[(authority + 3)..].IndexOf('/');
            if (slash < 0)
            {
                return default;
            }

            path = path[(authority + 3 + slash)..];
        }

        var end = path.IndexOfAny('?', '#');
        path = end < 0 ? path : path[..end];
        return path.Contains('%') ? Decode(path) : path;
    }

    /// <summary>A path as a URL has it: every name percent-encoded, the slashes between them kept.</summary>
    public static string Encode(ReadOnlySpan<char> path)
    {
        if (!path.ContainsAnyExcept(Unreserved) || path is "/")
        {
            return path.ToString();
        }

        var text = new StringBuilder(path.Length + 16);
        Span<byte> bytes = stackalloc byte[4];
        foreach (var rune in path.EnumerateRunes())
        {
            if (rune.IsAscii && (rune.Value == '/' || Unreserved.Contains((char)rune.Value)))
            {
                text.Append((char)rune.Value);
                continue;
            }

            foreach (var one in bytes[..rune.EncodeToUtf8(bytes)])
            {
                text.Append('%').Append(HexDigit(one >> 4)).Append(HexDigit(one & 15));
            }
        }

        return text.ToString();
    }

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private static string Decode(ReadOnlySpan<char> path)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(path.Length);
        try
        {
            var text = new StringBuilder(path.Length);
            while (!path.IsEmpty)
            {
                var plain = path.IndexOf('%');
                text.Append(plain < 0 ? path : path[..plain]);
                path = plain < 0 ? default : path[plain..];
                var count = 0;
                for (; path.StartsWith('%'); path = path[3..])
                {
                    if (path.Length < 3 || !char.IsAsciiHexDigit(path[1]) || !char.IsAsciiHexDigit(path[2]))
                    {
                        bytes[count++] = 0;
                        path = path[1..];
                        break;
                    }

                    var value = (byte)((Convert.ToInt32(char.ToString(path[1]), 16) << 4) | Convert.ToInt32(char.ToString(path[2]), 16));
                    bytes[count++] = value == '/' ? (byte)Never : value;
                }

                Append(text, bytes.AsSpan(0, count));
            }

            return text.ToString();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static void Append(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var status = Rune.DecodeFromUtf8(bytes, out var rune, out var consumed);
            text.Append(status == OperationStatus.Done ? rune.ToString() : char.ToString(Never));
            bytes = bytes[consumed..];
        }
    }
}
