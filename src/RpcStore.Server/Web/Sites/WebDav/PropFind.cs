using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;
using RpcStore.JsonRpc;
using FlistKind = RpcStore.Core.Flists.FlistKind;

namespace RpcStore.Server.Web.Sites.WebDav;

/// <summary>Answers PROPFIND (RFC 4918, section 9.1), a directory of any size in pages.</summary>
/// <param name="patience">How long a body may take to come.</param>
internal sealed class PropFind(TimeSpan patience)
{
    private const int PageEntries = 250;
    private const string XmlType = "application/xml; charset=utf-8";

    private static readonly byte[] FiniteDepth =
        """<?xml version="1.0" encoding="utf-8"?><D:error xmlns:D="DAV:"><D:propfind-finite-depth/></D:error>"""u8.ToArray();

    /// <summary>Answers.</summary>
    /// <exception cref="RpcException">The request is malformed.</exception>
    public async Task ServeAsync(SiteRequest request, ServedFlist tree)
    {
        var context = request.Http;
        var depth = context.Request.Headers["Depth"].ToString().Trim();
        if (depth.Length == 0 || depth.Equals("infinity", StringComparison.OrdinalIgnoreCase))
        {
            // A whole tree at once would be any number of answers; the RFC lets a server refuse it.
            await WriteAsync(context, StatusCodes.Status403Forbidden, FiniteDepth);
            return;
        }

        if (depth is not ("0" or "1"))
        {
            throw new RpcException(ContractErrors.InvalidParams("The header Depth is 0 or 1.", "", "neither 0 nor 1"));
        }

        var asked = PropFindBody.Read(await ReadBodyAsync(context));
        var withTag = asked.HasValues && asked.Wants("getetag");
        if (await FindAsync(request, tree, withTag) is not { } item)
        {
            await SitePages.WriteErrorAsync(context, StatusCodes.Status404NotFound, "Not found", "There is nothing at this address.");
            return;
        }

        context.Response.StatusCode = StatusCodes.Status207MultiStatus;
        context.Response.ContentType = XmlType;
        context.Response.Headers.CacheControl = "no-store";
        var answer = new MultiStatus(asked);
        answer.Add(item);
        if (depth == "1" && item.Node.IsDirectory)
        {
            await AddChildrenAsync(context, tree, item, answer, withTag);
        }

        await context.Response.BodyWriter.WriteAsync(answer.Take(isLast: true), context.RequestAborted);
    }

    private static async ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context, TimeSpan patience) =>
        await context.Request.BodyReader.ReadWholeAsync(PropFindBody.MaxBytes, patience, context.RequestAborted)
            ?? throw new RpcException(ContractErrors.TooLarge(
                $"The body of PROPFIND has more than {PropFindBody.MaxBytes} bytes.", "maxPropFindBytes", PropFindBody.MaxBytes));

    private ValueTask<ReadOnlyMemory<byte>> ReadBodyAsync(HttpContext context) => ReadBodyAsync(context, patience);

    private static ValueTask<DavItem?> FindAsync(SiteRequest request, ServedFlist tree, bool withTag) => tree.QueryAsync(
        (request, tree.Digest, withTag),
        static (reader, asked, cancellation) =>
        {
            var path = asked.request.Below;
            if (path.Contains("//", StringComparison.Ordinal) || TreeWalk.Find(reader, path, cancellation) is not { } node
                || node.Kind is not (FlistKind.File or FlistKind.Directory) || (!node.IsDirectory && path.EndsWith('/')))
            {
                return (DavItem?)null;
            }

            var text = asked.request.Path.Text;
            var name = text.TrimEnd('/');
            name = name[(name.LastIndexOf('/') + 1)..];
            var href = SitePath.Encode(text) + (node.IsDirectory && !text.EndsWith('/') ? "/" : "");
            return new DavItem(href, name, node, TagOf(reader, asked.Digest, node, asked.withTag, cancellation));
        },
        request.Http.RequestAborted);

    private static async Task AddChildrenAsync(
        HttpContext context, ServedFlist tree, DavItem directory, MultiStatus answer, bool withTag)
    {
        var after = 0L;
        for (var isLast = false; !isLast;)
        {
            var page = await SiteEntry.ListAsync(tree, directory.Node, after, PageEntries, context.RequestAborted);
            (after, isLast) = (page.Last, page.IsLast);
            var items = await tree.QueryAsync(
                (page.Entries, directory.Href, tree.Digest, withTag),
                static (reader, asked, cancellation) => asked.Entries.ConvertAll(entry => new DavItem(
                    asked.Href + SitePath.Encode(entry.Name) + (entry.IsDirectory ? "/" : ""),
                    entry.Name,
                    entry.Node,
                    TagOf(reader, asked.Digest, entry.Node, asked.withTag, cancellation))),
                context.RequestAborted);
            items.ForEach(answer.Add);
            if (!isLast)
            {
                await context.Response.BodyWriter.WriteAsync(answer.Take(isLast: false), context.RequestAborted);
            }
        }
    }

    private static string? TagOf(FlistReader reader, string digest, FlistNode node, bool isWanted, CancellationToken cancellationToken) =>
        node.Kind != FlistKind.File ? null : isWanted ? $"\"{FlistFile.Read(reader, digest, node, cancellationToken).Tag}\"" : "";

    private static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = XmlType;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
