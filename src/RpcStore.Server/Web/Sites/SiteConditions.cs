using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace RpcStore.Server.Web.Sites;

/// <summary>What the conditions of a request come to (RFC 9110, section 13.2.2).</summary>
internal static class SiteConditions
{
    /// <summary>Looks at the conditions.</summary>
    /// <param name="headers">The request's.</param>
    /// <param name="resource">The file.</param>
    /// <param name="tag">
    /// The entity tag to answer with. A tag that the client knows is kept, whichever coding it stands for: its copy is good.
    /// </param>
    /// <returns>304 or 412; 0 to go on.</returns>
    public static int Check(IHeaderDictionary headers, SiteResource resource, ref string tag)
    {
        if (headers.IfMatch is { Count: > 0 } expected)
        {
            if (FindTag(expected, resource, isWeak: false) is null)
            {
                return StatusCodes.Status412PreconditionFailed;
            }
        }
        else if (resource.ModifiedAt is { } modified
            && TryParse(headers.IfUnmodifiedSince, out var unmodifiedSince) && modified > unmodifiedSince)
        {
            return StatusCodes.Status412PreconditionFailed;
        }

        if (headers.IfNoneMatch is { Count: > 0 } known)
        {
            var found = FindTag(known, resource, isWeak: true);
            tag = found is null or "*" ? tag : found;
            return found is null ? 0 : StatusCodes.Status304NotModified;
        }

        return resource.ModifiedAt is { } time && TryParse(headers.IfModifiedSince, out var since) && time <= since
            ? StatusCodes.Status304NotModified
            : 0;
    }

    /// <summary>Whether the client's part of the content is of what the file holds now, so that a range fits it.</summary>
    public static bool AllowsRange(StringValues ifRange, SiteResource resource)
    {
        if (ifRange.Count == 0)
        {
            return true;
        }

        // A date is only as good as an exact match (RFC 9110, section 13.1.5).
        var text = ifRange.ToString();
        return text == resource.Tag || (!text.Contains('"') && resource.LastModified is { } modified && text == modified);
    }

    private static string? FindTag(StringValues header, SiteResource resource, bool isWeak)
    {
        // The usual case: exactly what was sent before.
        var text = header.ToString();
        if (text == resource.Tag || text == resource.BrotliTag || text == resource.GzipTag)
        {
            return text;
        }

        if (text.Trim() == "*")
        {
            return "*";
        }

        if (!EntityTagHeaderValue.TryParseList(header, out var tags))
        {
            return null;
        }

        foreach (var tag in tags)
        {
            var value = tag.Tag.ToString();
            if ((isWeak || !tag.IsWeak) && (value == resource.Tag || value == resource.BrotliTag || value == resource.GzipTag))
            {
                return value;
            }
        }

        return null;
    }

    private static bool TryParse(StringValues header, out DateTimeOffset time)
    {
        time = default;
        return header.Count == 1 && HeaderUtilities.TryParseDate(header.ToString(), out time);
    }
}
