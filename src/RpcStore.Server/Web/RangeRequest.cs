using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Headers;
using Microsoft.Net.Http.Headers;

namespace RpcStore.Server.Web;

/// <summary>A request for one part of something (RFC 9110, section 14).</summary>
internal static class RangeRequest
{
    /// <summary>Whether the client says that it has the thing as it is now (section 13.1.2).</summary>
    public static bool IsKnown(RequestHeaders headers, EntityTagHeaderValue tag) =>
        headers.IfNoneMatch is { Count: > 0 } known
        && known.Any(one => one.Equals(EntityTagHeaderValue.Any) || one.Compare(tag, useStrongComparison: false));

    /// <summary>The part that is asked for; null for the whole.</summary>
    /// <param name="headers">Those of the request.</param>
    /// <param name="tag">What the thing has now, for <c>If-Range</c>.</param>
    /// <remarks>Several ranges would need a multipart answer; sending the whole is allowed instead (section 14.2).</remarks>
    public static RangeItemHeaderValue? Find(RequestHeaders headers, EntityTagHeaderValue tag) =>
        headers.Range is { Ranges.Count: 1 } range
        && range.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase)
        && (headers.IfRange is null || (headers.IfRange.EntityTag is { } expected && expected.Compare(tag, useStrongComparison: true)))
            ? range.Ranges.Single()
            : null;

    /// <summary>Where the part begins and how long it is.</summary>
    /// <returns>False when nothing of it is there.</returns>
    public static bool TryResolve(RangeItemHeaderValue range, long size, out long start, out long length)
    {
        if (range.From is { } from)
        {
            start = from;
            length = Math.Min(range.To ?? long.MaxValue - 1, size - 1) - from + 1;
            return from < size;
        }

        length = Math.Min(range.To ?? 0, size);
        start = size - length;
        return length > 0;
    }

    /// <summary>Says that a part follows.</summary>
    public static void Accept(HttpResponse response, long start, long length, long size)
    {
        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{start + length - 1}/{size}");
    }

    /// <summary>Says that there is no such part.</summary>
    public static void Refuse(HttpResponse response, long size)
    {
        response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{size}");
        response.ContentType = null;
        response.ContentLength = 0;
    }
}
