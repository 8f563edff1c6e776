using Microsoft.AspNetCore.Http;

namespace RpcStore.Server.Web.Sites;

/// <summary>A request for a site while it is answered.</summary>
/// <param name="http">The request.</param>
/// <param name="site">The site that it is for.</param>
internal sealed class SiteRequest(HttpContext http, SiteSlot site)
{
    /// <summary>The request.</summary>
    public HttpContext Http => http;

    /// <summary>The site.</summary>
    public SiteSlot Site => site;

    /// <summary>The decoded path, and how much of it is the site's prefix; not filled where the file is known already.</summary>
    public (string Text, int PrefixLength) Path { get; init; } = ("", 0);

    /// <summary>The path below the prefix: empty, or beginning with a slash.</summary>
    public string Below => Path.PrefixLength == 0 ? Path.Text : Path.Text[Path.PrefixLength..];

    /// <summary>Whether only the head of an answer is asked for.</summary>
    public bool IsHead { get; } = HttpMethods.IsHead(http.Request.Method);

    /// <summary>Bytes of content that went out so far.</summary>
    public long BytesSent { get; set; }
}
