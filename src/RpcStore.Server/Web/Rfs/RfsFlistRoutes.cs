using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Registry;
using RpcStore.Server.Access;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Flists, as clients of the flist server list, preview and download them (spec/flist-server.md, section 5).</summary>
internal sealed class RfsFlistRoutes(FlistRegistry registry)
{
    private const string Folder = "flists";
    private const string Extension = ".fl";
    private const int Page = 1000;
    private const int FlushBytes = 32 << 10;
    private const int ChunkBytes = 128 << 10;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/api/v1/fl", ListAsync);
        routes.Map("GET", "/api/v1/fl/preview/{**path}", PreviewAsync);
        routes.Map("GET", "/flists/{account}/{name}.fl", DownloadAsync);
    }

    /// <summary>Sends the <c>.fl</c> file of a flist.</summary>
    public static async Task WriteFileAsync(HttpContext context, FlistLease lease)
    {
        var flist = lease.Flist;
        var response = context.Response;
        response.ContentType = "application/octet-stream";

        // A new version may come under the same name at any time.
        response.Headers.CacheControl = flist.IsPublic ? "no-cache" : "private, no-cache";
        response.Headers.ContentDisposition = $"attachment; filename=\"{flist.Key.Name}{Extension}\"";
        context.GetAction().Subject = flist.Id;
        await RangedResponse.WriteAsync(context, flist.Digest, flist.FileBytes, (start, length) => ReadAsync(lease.Path, start, length));
    }

    /// <summary>Who looks at flists.</summary>
    public static FlistViewer ViewerOf(HttpContext context)
    {
        var caller = context.GetConnection().Caller;
        return new FlistViewer(caller.Account, caller.Role == Role.Admin);
    }

    private async Task DownloadAsync(HttpContext context)
    {
        var key = new FlistKey(context.GetPathValue("account"), context.GetPathValue("name"));
        using var lease = await registry.OpenAsync(key, ViewerOf(context), context.RequestAborted);
        await WriteFileAsync(context, lease);
    }

    // {"account":[{"name":"x.fl",…},…],…}. Flists come in the order of their accounts.
    private async Task ListAsync(HttpContext context)
    {
        var viewer = ViewerOf(context);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        string? account = null;
        string? cursor = null;
        do
        {
            (var page, cursor) = await registry.ListAsync(viewer, account: null, Page, cursor, context.RequestAborted);
            foreach (var flist in page.Where(flist => flist.IsComplete))
            {
                if (flist.Key.Account != account)
                {
                    if (account is not null)
                    {
                        json.WriteEndArray();
                    }

                    account = flist.Key.Account;
                    json.WriteStartArray(account);
                }

                var name = flist.Key.Name + Extension;
                JsonSerializer.Serialize(
                    json,
                    new FlistEntry(
                        name, $"{Folder}/{account}/{name}", IsFile: true, flist.FileBytes, flist.UpdatedAt.ToUnixTimeSeconds(), Progress: 100),
                    RfsJson.Default.FlistEntry);
            }

            await json.FlushAsync(context.RequestAborted);
        }
        while (cursor is not null);
        if (account is not null)
        {
            json.WriteEndArray();
        }

        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private async Task PreviewAsync(HttpContext context)
    {
        // Clients write the slashes of the path as %2F, which the router leaves as they are.
        var parts = Uri.UnescapeDataString(context.GetPathValue("path")).Split('/');
        if (parts is not [Folder, var account, { Length: > 3 } file] || !file.EndsWith(Extension, StringComparison.Ordinal))
        {
            throw HttpContextExtensions.InvalidParam("/path", $"has to be {Folder}/ACCOUNT/NAME{Extension}");
        }

        using var lease = await registry.OpenAsync(new FlistKey(account, file[..^Extension.Length]), ViewerOf(context), context.RequestAborted);
        using var reader = lease.OpenReader(context.RequestAborted);
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        json.WriteStartArray("content");
        foreach (var path in Walk(reader, context.RequestAborted))
        {
            json.WriteStringValue(path);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        json.WriteString("metadata", string.Join('-', reader.ReadRoutes(context.RequestAborted).Select(route => Strip(route.Url)).Distinct()));
        json.WriteString("checksum", lease.Flist.Digest);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>All paths, a directory before what is in it, with memory for a page of each directory on the way.</summary>
    private static IEnumerable<string> Walk(FlistReader reader, CancellationToken cancellationToken)
    {
        yield return "/";
        var open = new Stack<(string Path, FlistNode Directory, IEnumerator<FlistNode> Children)>();
        open.Push(("", reader.Root, Children(reader, reader.Root, cancellationToken).GetEnumerator()));
        while (open.TryPeek(out var top))
        {
            if (!top.Children.MoveNext())
            {
                open.Pop();
                continue;
            }

            var child = top.Children.Current;
            var path = $"{top.Path}/{child.Name}";
            yield return path;
            if (child.IsDirectory)
            {
                open.Push((path, child, Children(reader, child, cancellationToken).GetEnumerator()));
            }
        }
    }

    private static IEnumerable<FlistNode> Children(FlistReader reader, FlistNode directory, CancellationToken cancellationToken)
    {
        var after = 0L;
        while (reader.ListChildren(directory, after, Page, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var child in page)
            {
                yield return child;
            }

            after = page[^1].Ino;
        }
    }

    // A URL may hold a password, before its host or among its parameters.
    private static string Strip(string url) => Uri.TryCreate(url, UriKind.Absolute, out var parsed)
        ? parsed.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo & ~UriComponents.Query & ~UriComponents.Fragment, UriFormat.UriEscaped)
        : "";

    private static async IAsyncEnumerable<ReadOnlyMemory<byte>> ReadAsync(
        string path, long start, long length, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, useAsync: false);
        var buffer = new byte[ChunkBytes];
        file.Position = start;
        while (length > 0)
        {
            var read = await file.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, length)), cancellationToken);
            if (read == 0)
            {
                throw new StoreException(Fault.Unavailable, string.Create(CultureInfo.InvariantCulture, $"The file of a flist ended {length} bytes early."));
            }

            length -= read;
            yield return buffer.AsMemory(0, read);
        }
    }
}
