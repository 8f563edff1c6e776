using Microsoft.AspNetCore.Http;
using RpcStore.Core.Flists.Serving;

namespace RpcStore.Server.Web.Sites.WebDav;

/// <summary>
/// Methods of sites other than GET and HEAD: WebDAV for those that have it, class 1 of RFC 4918 without what writes; of others
/// only OPTIONS.
/// </summary>
internal sealed class DavRequests(PropFind propFind)
{
    private const string DavMethods = "OPTIONS, GET, HEAD, PROPFIND";
    private const string PropFindMethod = "PROPFIND";

    /// <summary>What the journal calls a request.</summary>
    public string NameOf(string method) => method == PropFindMethod ? "PROPFIND site" : "other site";

    /// <summary>Answers.</summary>
    public async Task ServeAsync(SiteRequest request, ServedFlist tree)
    {
        var (context, options) = (request.Http, request.Site.Options);
        var response = context.Response;
        SiteHeaders.Protect(response.Headers);
        switch (context.Request.Method)
        {
            case "OPTIONS":
                response.Headers.Allow = options.HasWebDav ? DavMethods : SiteHeaders.ReadMethods;
                if (options.HasWebDav)
                {
                    response.Headers["DAV"] = "1";
                    response.Headers["MS-Author-Via"] = "DAV";
                }

                response.ContentLength = 0;
                break;
            case PropFindMethod when options.HasWebDav:
                await propFind.ServeAsync(request, tree);
                break;

            // They belong to class 1 and are understood; nobody may use them here.
            case "PUT" or "DELETE" or "MKCOL" or "COPY" or "MOVE" or "PROPPATCH" when options.HasWebDav:
                await SitePages.WriteErrorAsync(
                    context, StatusCodes.Status403Forbidden, "Read-only", "This site can only be read. Upload a new version of its flist instead.");
                break;
            default:
                response.Headers.Allow = options.HasWebDav ? DavMethods : SiteHeaders.ReadMethods;
                await SitePages.WriteErrorAsync(
                    context, StatusCodes.Status405MethodNotAllowed, "Method not allowed", "This site can be read with GET.");
                break;
        }
    }
}
