using Microsoft.AspNetCore.Http;

namespace RpcStore.Server.Web.Sites;

/// <summary>Headers of sites that are the same on every answer (spec/sites.md, section 5).</summary>
internal static class SiteHeaders
{
    /// <summary>The methods of a site that is not served over WebDAV.</summary>
    public const string ReadMethods = "GET, HEAD, OPTIONS";

    // Breaks no page: only what other people's pages make of this one.
    private const string ContentPolicy = "frame-ancestors 'self'";

    /// <summary>Adds what protects the readers of a site.</summary>
    public static void Protect(IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = ContentPolicy;
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
    }
}
