using System.Globalization;

namespace RpcStore.Server.Web.Sites;

/// <summary>How content is compressed for its way (RFC 9110, section 8.4).</summary>
internal enum ContentCoding
{
    /// <summary>Not at all.</summary>
    Identity,

    /// <summary>gzip, RFC 1952.</summary>
    Gzip,

    /// <summary>Brotli, RFC 7932.</summary>
    Brotli,
}

/// <summary>Reads <c>Accept-Encoding</c> (RFC 9110, section 12.5.3).</summary>
internal static class AcceptEncoding
{
    /// <summary>The coding that a client likes best; brotli where it does not care.</summary>
    public static ContentCoding Choose(ReadOnlySpan<char> header)
    {
        double? brotli = null, gzip = null, any = null;
        foreach (var part in header.Split(','))
        {
            var entry = header[part].Trim();
            var semicolon = entry.IndexOf(';');
            var name = semicolon < 0 ? entry : entry[..semicolon].TrimEnd();
            var weight = semicolon < 0 ? 1 : WeightOf(entry[(semicolon + 1)..]);
            if (name.Equals("br", StringComparison.OrdinalIgnoreCase))
            {
                brotli = weight;
            }
            else if (name.Equals("gzip", StringComparison.OrdinalIgnoreCase) || name.Equals("x-gzip", StringComparison.OrdinalIgnoreCase))
            {
                gzip = weight;
            }
            else if (name is "*")
            {
                any = weight;
            }
        }

        // A star is whatever is not named; one who writes only that takes anything, and gzip is what everybody reads.
        var (b, g) = (brotli ?? 0, gzip ?? any ?? 0);
        return b > 0 && b >= g ? ContentCoding.Brotli : g > 0 ? ContentCoding.Gzip : ContentCoding.Identity;
    }

    private static double WeightOf(ReadOnlySpan<char> parameter)
    {
        var equals = parameter.IndexOf('=');
        return equals > 0 && parameter[..equals].Trim() is "q" or "Q"
            && double.TryParse(parameter[(equals + 1)..].Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight)
            ? weight
            : 0;
    }
}
