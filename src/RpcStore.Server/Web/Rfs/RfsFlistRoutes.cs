using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Registry;
using RpcStore.Server.Handlers;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Flists, as clients of the flist server list, preview and download them (spec/flist-server.md, section 5).</summary>
internal sealed class RfsFlistRoutes(FlistRegistry registry, FlistDownload download)
{
    private const string Folder = "flists";
    private const string Extension = ".fl";
    private const int Page = 1000;
    private const int FlushBytes = 32 << 10;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/api/v1/fl", ListAsync);
        routes.Map("GET", "/api/v1/fl/preview/{**path}", PreviewAsync);
        routes.Map("GET", "/flists/{account}/{name}.fl", DownloadAsync);
    }

    // The name may be that of a flist, which ends so; otherwise what is before the ending is.
    private async Task DownloadAsync(HttpContext context)
    {
        var (account, name) = (context.GetPathValue("account"), context.GetPathValue("name"));
        var viewer = FlistWire.ViewerOf(context.GetConnection().Caller);
        FlistLease lease;
        try
        {
            lease = await registry.OpenAsync(new FlistKey(account, name + Extension), viewer, context.RequestAborted);
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound)
        {
            lease = await registry.OpenAsync(new FlistKey(account, name), viewer, context.RequestAborted);
        }

        using (lease)
        {
            await download.RunAsync(context, lease, FlistRoutes.ReadFormat(context.Request.Query["format"]), static (_, _) => { }, context.RequestAborted);
        }
    }

    // {"account":[{"name":"x.fl",…},…],…}. Flists come in the order of their accounts.
    private async Task ListAsync(HttpContext context)
    {
        var viewer = FlistWire.ViewerOf(context.GetConnection().Caller);
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

                WriteEntry(json, flist);
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

    private static void WriteEntry(Utf8JsonWriter json, Flist flist)
    {
        json.WriteStartObject();
        json.WriteString("name", flist.Key.Name + Extension);
        json.WriteString("path_uri", $"{Folder}/{flist.Key}{Extension}");
        json.WriteBoolean("is_file", true);
        json.WriteNumber("size", flist.FileBytes);
        json.WriteNumber("last_modified", flist.UpdatedAt.ToUnixTimeSeconds());
        json.WriteNumber("progress", 100.0);
        json.WriteEndObject();
    }

    private async Task PreviewAsync(HttpContext context)
    {
        // Clients write the slashes of the path as %2F, which the router leaves as they are.
        var parts = Uri.UnescapeDataString(context.GetPathValue("path")).Split('/');
        if (parts is not [Folder, var account, { Length: > 3 } file] || !file.EndsWith(Extension, StringComparison.Ordinal))
        {
            throw HttpContextExtensions.InvalidParam("/path", $"has to be {Folder}/ACCOUNT/NAME{Extension}");
        }

        using var lease = await registry.OpenAsync(new FlistKey(account, file[..^Extension.Length]), FlistWire.ViewerOf(context.GetConnection().Caller), context.RequestAborted);
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

    // A URL may hold a password, before its host or among its parameters. Those of rfs stand in one another: server://http://host.
    private static string Strip(string url)
    {
        var bare = url.Split('?', '#')[0];
        var start = bare.IndexOf("://", StringComparison.Ordinal) + 3;
        return start < 3 ? "" : bare[..start] + bare[(Math.Max(bare.LastIndexOf('@'), start - 1) + 1)..];
    }
}
