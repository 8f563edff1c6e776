using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using RpcStore.Core.Caching;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Flists.Serving;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// Answers with a file of a site: whole or a range, plain or compressed, conditional or not. Whatever its size, it takes no memory
/// but the blocks that everybody shares and what waits for the connection.
/// </summary>
/// <param name="variants">Compressed content.</param>
internal sealed class SiteContent(SiteVariants variants)
{
    // Large enough that a call of the system costs little beside its bytes, small enough for ten thousand readers.
    private const int ChunkBytes = 128 << 10;

    /// <summary>Answers.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tree">The flist, held by the caller.</param>
    /// <param name="resource">A file of it.</param>
    /// <param name="cacheControl">What caches may do.</param>
    /// <param name="status">200; or 404 with a page that says so, for which conditions and ranges count nothing.</param>
    /// <param name="vary">Headers of the request on which it depends that this file was found; null for none.</param>
    public async ValueTask WriteAsync(
        SiteRequest context, ServedFlist tree, SiteResource resource, string cacheControl, int status = StatusCodes.Status200OK, string? vary = null)
    {
        var request = context.Http.Request.Headers;
        var response = context.Http.Response;
        var isFound = status == StatusCodes.Status200OK;
        var isRange = isFound && request.Range.Count > 0 && SiteConditions.AllowsRange(request.IfRange, resource);
        SharedBytes? packed = null;
        var coding = ContentCoding.Identity;
        if (resource.IsCompressible)
        {
            vary = vary is null ? "Accept-Encoding" : $"Accept-Encoding, {vary}";
            coding = isRange || request.AcceptEncoding.Count == 0 ? coding : AcceptEncoding.Choose(request.AcceptEncoding.ToString());
            packed = coding == ContentCoding.Identity ? null : await variants.FindAsync(tree, resource, coding);
        }

        try
        {
            var tag = packed is null ? resource.Tag : coding == ContentCoding.Brotli ? resource.BrotliTag : resource.GzipTag;
            var condition = isFound ? SiteConditions.Check(request, resource, ref tag) : 0;
            response.StatusCode = condition == 0 ? status : condition;
            SetHeaders(response.Headers, resource, cacheControl, vary);
            if (isFound)
            {
                response.Headers.ETag = tag;
                response.Headers.LastModified = resource.LastModified;
            }

            if (condition != 0)
            {
                response.ContentLength = condition == StatusCodes.Status304NotModified ? null : 0;
                return;
            }

            response.ContentType = resource.ContentType;
            if (packed is not null)
            {
                response.Headers.ContentEncoding = coding == ContentCoding.Brotli ? "br" : "gzip";
                response.ContentLength = packed.Length;
                if (!context.IsHead)
                {
                    await SendAsync(context, tree, resource, coding, packed);
                }

                return;
            }

            var (start, end) = (0L, resource.File.Size);
            if (isFound)
            {
                response.Headers.AcceptRanges = "bytes";
            }

            if (isRange && TryParseOne(request.Range, out var range) && !TryResolve(response, range, out start, ref end))
            {
                return;
            }

            response.ContentLength = end - start;
            if (!context.IsHead && end > start)
            {
                await SendAsync(context, tree, resource, start, end);
            }
        }
        finally
        {
            packed?.Release();
        }
    }

    private static void SetHeaders(IHeaderDictionary headers, SiteResource resource, string cacheControl, string? vary)
    {
        SiteHeaders.Protect(headers);
        headers.CacheControl = cacheControl;
        if (vary is not null)
        {
            headers.Vary = vary;
        }
    }

    // Several ranges would need a multipart answer; sending the whole is allowed instead (RFC 9110, section 14.2).
    private static bool TryParseOne(StringValues header, out RangeItemHeaderValue range)
    {
        range = null!;
        if (RangeHeaderValue.TryParse(header.ToString(), out var value) && value.Ranges.Count == 1
            && value.Unit.Equals("bytes", StringComparison.OrdinalIgnoreCase))
        {
            range = value.Ranges.First();
        }

        return range is not null;
    }

    /// <summary>Finds the bytes of a range, or refuses it.</summary>
    private static bool TryResolve(HttpResponse response, RangeItemHeaderValue range, out long start, ref long end)
    {
        var size = end;
        start = range.From ?? Math.Max(0, size - (range.To ?? 0));
        end = range.From is null ? size : Math.Min(range.To ?? long.MaxValue - 1, size - 1) + 1;
        if (start >= size || end <= start)
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{size}");
            response.ContentType = null;
            response.ContentLength = 0;
            return false;
        }

        response.StatusCode = StatusCodes.Status206PartialContent;
        response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{end - 1}/{size}");
        return true;
    }

    private static async ValueTask SendAsync(SiteRequest context, ServedFlist tree, SiteResource resource, long start, long end)
    {
        if (resource.File.Blocks is [var only] && tree.Blocks.Find(only) is { } known && known.Length == resource.File.Size)
        {
            // Most answers of a site: a small file that is in memory.
            await SendAsync(context, known, 0, start, end);
            return;
        }

        var reader = tree.Open(resource.File);
        for (var offset = start; offset < end;)
        {
            var block = await reader.GetBlockAsync(offset, end, context.Http.RequestAborted);
            offset = await SendAsync(context, block, offset / BlockCodec.BlockBytes * BlockCodec.BlockBytes, offset, end);
        }
    }

    private async ValueTask SendAsync(
        SiteRequest context, ServedFlist tree, SiteResource resource, ContentCoding coding, SharedBytes packed)
    {
        var size = packed.Length;
        for (var offset = 0L; offset < size;)
        {
            var bytes = await variants.GetAsync(tree, resource, coding);
            offset = await SendAsync(context, bytes, 0, offset, size);
        }
    }

    /// <summary>Sends what is in memory, as far as the connection takes it at once: what a slow one waits for is let go of.</summary>
    /// <param name="context">The request.</param>
    /// <param name="bytes">Held by the caller; let go of here.</param>
    /// <param name="first">Where in the content they begin.</param>
    /// <param name="offset">From where in the content on.</param>
    /// <param name="end">Up to where in the content.</param>
    /// <returns>Up to where it was sent.</returns>
    private static async ValueTask<long> SendAsync(SiteRequest context, SharedBytes bytes, long first, long offset, long end)
    {
        var isHeld = true;
        try
        {
            var last = Math.Min(first + bytes.Length, end);
            while (offset < last && isHeld)
            {
                var count = (int)Math.Min(ChunkBytes, last - offset);

                // Copied before it waits, if it does.
                var write = context.Http.Response.BodyWriter.WriteAsync(
                    bytes.Memory.Slice((int)(offset - first), count), context.Http.RequestAborted);
                if (!write.IsCompleted)
                {
                    bytes.Release();
                    isHeld = false;
                }

                await write;
                offset += count;
                context.BytesSent += count;
                context.Http.RequestAborted.ThrowIfCancellationRequested();
            }

            return offset;
        }
        finally
        {
            if (isHeld)
            {
                bytes.Release();
            }
        }
    }
}
