using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>The pages that the server itself writes: listings of directories, and errors.</summary>
internal static class SitePages
{
    // Directories up to this are listed by name; larger ones as the flist has them, page by page, so that memory is bounded.
    private const int PageEntries = 1000;

    private const string Style =
        "body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;padding:0 1rem;max-width:60rem}"
        + ":root{color-scheme:light dark}table{border-collapse:collapse;width:100%}"
        + "th{text-align:left;font-weight:600}td,th{padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8884}"
        + "td:nth-child(2),th:nth-child(2){text-align:right;white-space:nowrap}td:nth-child(3){white-space:nowrap;padding-left:1rem}"
        + "th:nth-child(3){padding-left:1rem}a{overflow-wrap:anywhere}h1{font-size:1.4rem;overflow-wrap:anywhere}";

    private static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

    /// <summary>Answers with the listing of a directory.</summary>
    /// <param name="context">The request.</param>
    /// <param name="tree">The flist, held by the caller.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="path">The path as people read it, with a slash at its end.</param>
    /// <param name="isRoot">Whether it is the site's first directory, above which there is nothing.</param>
    /// <param name="cacheControl">What caches may do.</param>
    public static async Task WriteListingAsync(
        HttpContext context, ServedFlist tree, FlistNode directory, string path, bool isRoot, string cacheControl)
    {
        SetHead(context.Response, StatusCodes.Status200OK, cacheControl);

        // Weak: another version of the server may write the same differently.
        var tag = string.Create(CultureInfo.InvariantCulture, $"W/\"{tree.Digest[..Math.Min(32, tree.Digest.Length)]}-{directory.Ino}\"");
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            context.Response.ContentType = null;
            return;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        var title = WebUtility.HtmlEncode("Index of " + path);
        var text = new StringBuilder(4096);
        Begin(text, title);
        text.Append("<table><thead><tr><th scope=\"col\">Name</th><th scope=\"col\">Size</th><th scope=\"col\">Modified (UTC)</th></tr></thead>\n<tbody>\n");
        if (!isRoot)
        {
            text.Append("<tr><td><a href=\"../\">../</a> <span>(up)</span></td><td></td><td></td></tr>\n");
        }

        var after = 0L;
        bool isLast;
        do
        {
            var page = await SiteEntry.ListAsync(tree, directory, after, PageEntries, context.RequestAborted);
            isLast = page.IsLast;
            if (after == 0 && isLast)
            {
                page.Entries.Sort(static (x, y) => x.IsDirectory == y.IsDirectory ? string.CompareOrdinal(x.Name, y.Name) : x.IsDirectory ? -1 : 1);
            }

            after = page.Last;
            foreach (var entry in page.Entries)
            {
                AppendRow(text, entry);
            }

            text.Append(isLast ? "</tbody></table>\n</main></body></html>\n" : "");
            await context.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), context.RequestAborted);
            text.Clear();
        }
        while (!isLast);
    }

    /// <summary>Answers with a page that says what is wrong; nothing of another answer may have been sent.</summary>
    public static async Task WriteErrorAsync(HttpContext context, int status, string title, string message)
    {
        SetHead(context.Response, status, "no-store");
        var text = new StringBuilder(1024);
        Begin(text, WebUtility.HtmlEncode(title));
        text.Append("<p>").Append(WebUtility.HtmlEncode(message)).Append("</p>\n</main></body></html>\n");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static void SetHead(HttpResponse response, int status, string cacheControl)
    {
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        SiteHeaders.Protect(response.Headers);
        response.Headers.ContentSecurityPolicy = Policy;
        response.Headers.CacheControl = cacheControl;
    }

    private static void Begin(StringBuilder text, string title) => text
        .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>").Append(title).Append("</title><style>")
        .Append(Style).Append("</style></head>\n<body><main><h1>").Append(title).Append("</h1>\n");

    private static void AppendRow(StringBuilder text, SiteEntry entry)
    {
        // "./" first, so that no name is taken for a scheme.
        var slash = entry.IsDirectory ? "/" : "";
        text.Append("<tr><td><a href=\"./").Append(WebUtility.HtmlEncode(SitePath.Encode(entry.Name))).Append(slash).Append("\">")
            .Append(WebUtility.HtmlEncode(entry.Name)).Append(slash).Append("</a></td><td>");
        if (!entry.IsDirectory)
        {
            text.Append("<data value=\"").Append(CultureInfo.InvariantCulture, $"{entry.Size}").Append("\">").Append(FormatSize(entry.Size)).Append("</data>");
        }

        text.Append("</td><td>");
        if (entry.ModifiedTime is { } time)
        {
            text.Append(CultureInfo.InvariantCulture, $"<time datetime=\"{time:yyyy-MM-ddTHH:mm:ssZ}\">{time:yyyy-MM-dd HH:mm}</time>");
        }

        text.Append("</td></tr>\n");
    }

    private static string FormatSize(long bytes)
    {
        if (bytes < 1024)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{bytes} B");
        }

        string[] units = ["KiB", "MiB", "GiB", "TiB"];
        var (value, unit) = (bytes / 1024.0, 0);
        for (; value >= 1023.95 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{value:0.0} {units[unit]}");
    }
}
