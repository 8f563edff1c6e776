using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.Core.Uploads;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web.Rfs;

/// <summary>What the routes of the flist server ask of a request, and how they answer.</summary>
internal static class RfsRequest
{
    /// <summary>The block that the path names.</summary>
    /// <exception cref="RpcException">It names none.</exception>
    public static BlobId GetPathBlock(this HttpContext context) => ParseBlock(context.GetPathValue("hash"), "/hash");

    /// <summary>The file that the path names.</summary>
    /// <exception cref="RpcException">It names none.</exception>
    public static FileHash GetPathFile(this HttpContext context) =>
        FileHash.TryParse(context.GetPathValue("hash"), out var hash) ? hash : throw NoHash("/hash");

    /// <summary>Reads the hash of a block.</summary>
    /// <exception cref="RpcException">It is none.</exception>
    public static BlobId ParseBlock(string text, string pointer) => BlockHash.TryParse(text, out var id) ? id : throw NoHash(pointer);

    /// <summary>Reads the hash of a file.</summary>
    /// <returns>Null for an empty text.</returns>
    /// <exception cref="RpcException">It is none.</exception>
    public static FileHash? ParseFile(string text, string pointer) =>
        text.Length == 0 ? null : FileHash.TryParse(text, out var hash) ? hash : throw NoHash(pointer);

    /// <summary>A parameter of the query that has to be there; it may be empty.</summary>
    /// <exception cref="RpcException">It is missing, or there twice.</exception>
    public static string GetQuery(this HttpContext context, string name) =>
        context.Request.Query[name] is { Count: 1 } values
            ? values[0] ?? ""
            : throw HttpContextExtensions.InvalidParam("/" + name, "has to be in the query, once");

    /// <summary>A whole number of the query.</summary>
    /// <param name="context">The request.</param>
    /// <param name="names">Its name, and others that it may have; the first that is there counts.</param>
    /// <param name="otherwise">What it is where it is missing; null where it must not be.</param>
    /// <param name="minimum">The least that it may be.</param>
    /// <exception cref="RpcException">It is missing, no number, or too small.</exception>
    public static long GetQueryNumber(this HttpContext context, string[] names, long? otherwise, long minimum)
    {
        var name = names.FirstOrDefault(context.Request.Query.ContainsKey) ?? names[0];
        if (otherwise is { } usual && !context.Request.Query.ContainsKey(name))
        {
            return usual;
        }

        return long.TryParse(context.GetQuery(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum
            ? number
            : throw HttpContextExtensions.InvalidParam("/" + name, string.Create(CultureInfo.InvariantCulture, $"has to be a whole number from {minimum}"));
    }

    /// <summary>Reads a body of JSON.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What it has to be.</param>
    /// <param name="maximum">Bytes at the most.</param>
    /// <param name="limit">The name of that limit.</param>
    /// <param name="patience">How long it may take to come.</param>
    /// <exception cref="RpcException">It is too long, too slow, no JSON or something else.</exception>
    public static async Task<T> ReadJsonAsync<T>(this HttpContext context, JsonTypeInfo<T> type, long maximum, string limit, TimeSpan patience)
    {
        context.AllowAnyBodySize();
        var body = await context.Request.BodyReader.ReadWholeAsync(maximum, patience, context.RequestAborted)
            ?? throw new RpcException(ContractErrors.TooLarge($"The body has more than {maximum} bytes ({limit}).", limit, maximum));
        try
        {
            return JsonSerializer.Deserialize(body.Span, type) ?? throw HttpContextExtensions.InvalidParam("", "the body has to be a JSON object");
        }
        catch (JsonException e)
        {
            // Says the place and what was expected there, and repeats nothing of the body.
            throw HttpContextExtensions.InvalidParam(e.Path is { } path ? path.Replace("$", "", StringComparison.Ordinal) : "", "the body is not the JSON that this route takes");
        }
    }

    /// <summary>Answers with JSON.</summary>
    public static async Task WriteJsonAsync<T>(this HttpContext context, int status, T answer, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private static RpcException NoHash(string pointer) => HttpContextExtensions.InvalidParam(pointer, "not a hash: 64 hex digits");
}
