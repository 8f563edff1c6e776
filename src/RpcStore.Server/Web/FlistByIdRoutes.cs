using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using RpcStore.Contract;
using RpcStore.Core.Flists.Registry;
using RpcStore.JsonRpc;
using RpcStore.Server.Handlers;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Web;

/// <summary>Flists by their ids, and by a form: for programs that know no names (spec/flist-server.md, section 6).</summary>
internal sealed class FlistByIdRoutes(FlistRegistry flists, FlistUpload upload, FlistDownload download, ActionJournal journal)
{
    private const string Field = "file";

    // Forms that browsers and curl make have a few short ones.
    private const int MaxFields = 16;

    /// <summary>Maps the routes.</summary>
    public void Map(ContractRoutes routes)
    {
        routes.Map("GET", "/flist/{id}/download", GetAsync);
        routes.Map("POST", "/flist/upload", PostAsync);
        routes.Map("DELETE", "/flist/{id}", DeleteAsync);
    }

    private async Task GetAsync(HttpContext context)
    {
        var format = FlistRoutes.ReadFormat(context.Request.Query["format"]);
        using var lease = await flists.OpenAsync(context.GetPathValue("id"), ViewerOf(context), context.RequestAborted);
        await download.RunAsync(context, lease, format, static (_, _) => { }, context.RequestAborted);
    }

    private async Task PostAsync(HttpContext context)
    {
        var name = context.Request.Query["name"] is [{ Length: > 0 } given]
            ? given
            : throw HttpContextExtensions.InvalidParam("/name", "has to be in the query: what to call the flist");
        await TakeFileOfFormAsync(context);
        await upload.RunAsync(
            context,
            new FlistUploadOrder(new FlistKey(context.GetConnection().Caller.Account!, name))
            {
                IsPublic = FlistRoutes.ReadSwitch(context, "public"),
                AllowsIncomplete = FlistRoutes.ReadSwitch(context, "allowIncomplete") ?? false,
                Condition = FlistRoutes.ReadCondition(context.Request),
            },
            static (_, _) => { },
            context.RequestAborted);
    }

    private async Task DeleteAsync(HttpContext context)
    {
        var flist = await flists.GetAsync(context.GetPathValue("id"), ViewerOf(context), context.RequestAborted);
        var (gone, deletion) = await flists.DeleteAsync(flist.Key, FlistRoutes.ReadCondition(context.Request), context.RequestAborted);
        var action = context.GetAction();
        (action.Subject, action.Detail) = (gone.Key.ToString(), $"{deletion.Blobs} blobs removed");
        await journal.RecordAsync(action);
        var bytes = JsonSerializer.SerializeToUtf8Bytes(FlistWire.ToWire(gone, deletion), ContractJson.Default.FlistDeletion);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>Where the body is a form (RFC 7578), puts its file in the place of the body.</summary>
    private static async Task TakeFileOfFormAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        context.AllowAnyBodySize();
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        if (boundary.Length is 0 or > 70)
        {
            throw HttpContextExtensions.InvalidParam("/Content-Type", "a form needs a boundary of 1 to 70 characters");
        }

        var reader = new MultipartReader(boundary, context.Request.Body);
        try
        {
            for (var fields = 0; fields < MaxFields && await reader.ReadNextSectionAsync(context.RequestAborted) is { } section; fields++)
            {
                if (section.GetContentDispositionHeader() is { } disposition && HeaderUtilities.RemoveQuotes(disposition.Name) == Field)
                {
                    context.Request.Body = section.Body;
                    return;
                }
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && e is not BadHttpRequestException))
        {
            throw new RpcException(ContractErrors.InvalidParams($"The form cannot be read: {e.Message}", "/body", "not a form"), e);
        }

        throw HttpContextExtensions.InvalidParam("/body", $"the form has no field '{Field}'");
    }

    private static FlistViewer ViewerOf(HttpContext context) => FlistWire.ViewerOf(context.GetConnection().Caller);
}
