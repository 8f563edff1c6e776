using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RpcStore.Server.Web;

/// <summary>
/// Bytes of a known length as an HTTP response: whole or a range, conditional or not (RFC 9110, sections 13 and 14). What is
/// sent is cut off when it cannot be brought to its end.
/// </summary>
internal static class RangedResponse
{
    /// <summary>Answers with the bytes. Headers of its own, such as <c>Content-Type</c>, the caller has set.</summary>
    /// <param name="context">The request; a HEAD is answered without bytes.</param>
    /// <param name="tag">A strong validator, without quotes.</param>
    /// <param name="size">Bytes of the whole.</param>
    /// <param name="read">Brings a part: where it begins, and its length. Pieces are valid until the next.</param>
    /// <returns>Whether the whole was sent.</returns>
    public static async Task<bool> WriteAsync(
        HttpContext context, string tag, long size, Func<long, long, IAsyncEnumerable<ReadOnlyMemory<byte>>> read)
    {
        var entityTag = new EntityTagHeaderValue($"\"{tag}\"");
        var headers = context.Request.GetTypedHeaders();
        var response = context.Response;
        response.Headers.ETag = entityTag.ToString();
        if (RangeRequest.IsKnown(headers, entityTag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            response.ContentType = null;
            return false;
        }

        response.Headers.AcceptRanges = "bytes";
        var (start, length) = (0L, size);
        if (RangeRequest.Find(headers, entityTag) is { } range)
        {
            if (!RangeRequest.TryResolve(range, size, out start, out length))
            {
                RangeRequest.Refuse(response, size);
                return false;
            }

            RangeRequest.Accept(response, start, length, size);
        }

        response.ContentLength = length;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return false;
        }

        var action = context.GetAction();
        await foreach (var piece in read(start, length).WithCancellation(context.RequestAborted))
        {
            await response.Body.WriteAsync(piece, context.RequestAborted);
            action.CountOut(0, piece.Length);
        }

        return length == size;
    }
}
