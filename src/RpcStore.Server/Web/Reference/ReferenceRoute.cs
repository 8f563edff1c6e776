using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using RpcStore.Server.Web.Sites;

namespace RpcStore.Server.Web.Reference;

/// <summary>Shows the contract to people: <c>GET /openrpc</c> (spec/connections.md, section 5).</summary>
internal static class ReferenceRoute
{
    /// <summary>Maps the route.</summary>
    public static void Map(ContractRoutes routes) => routes.Map("GET", "/openrpc", ServeAsync);

    private static async Task ServeAsync(HttpContext context)
    {
        var page = ReferencePage.Instance.Value;
        var coding = AcceptEncoding.Choose(context.Request.Headers.AcceptEncoding.ToString());
        var (bytes, name, suffix) = coding switch
        {
            ContentCoding.Brotli => (page.Brotli, "br", "-br"),
            ContentCoding.Gzip => (page.Gzip, "gzip", "-gzip"),
            _ => (page.Plain, null, ""),
        };
        var tag = new EntityTagHeaderValue($"\"{page.Tag}{suffix}\"");
        var headers = context.Response.Headers;
        Protect(headers, page);
        headers.ETag = tag.ToString();
        headers.CacheControl = "no-cache";
        headers.Vary = "Accept-Encoding";
        if (RangeRequest.IsKnown(context.Request.GetTypedHeaders(), tag))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        headers.ContentEncoding = name;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static void Protect(IHeaderDictionary headers, ReferencePage page)
    {
        headers.ContentSecurityPolicy = page.Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";

        // Sites below prefixes are of the same origin: a script of theirs that opens this page gets no hold of its window.
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
