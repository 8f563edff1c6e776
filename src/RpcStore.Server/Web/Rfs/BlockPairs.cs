using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RpcStore.Core.Uploads;
using RpcStore.Digests;

namespace RpcStore.Server.Web.Rfs;

/// <summary>Lists of blocks as rfs reads them: <c>{"blocks":[["hash",number],…]}</c>, sent while they are made.</summary>
internal static class BlockPairs
{
    private const int FlushBytes = 32 << 10;

    /// <summary>Answers with a page of blocks and their sizes.</summary>
    /// <param name="context">The request.</param>
    /// <param name="blocks">The blocks, each with a number.</param>
    /// <param name="total">How many of the caller's there are.</param>
    /// <param name="all">How many there are of everybody.</param>
    public static async Task WriteAsync(HttpContext context, IEnumerable<(BlobId Id, long Number)> blocks, long total, long all)
    {
        await using var json = Begin(context);
        foreach (var (id, number) in blocks)
        {
            WritePair(json, id, number);
        }

        json.WriteEndArray();
        json.WriteNumber("total", total);
        json.WriteNumber("all_blocks", all);
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    /// <summary>Answers with the blocks of a file.</summary>
    public static async Task WriteAsync(HttpContext context, IAsyncEnumerable<UploadedBlock> blocks)
    {
        await using var json = Begin(context);
        await foreach (var block in blocks.WithCancellation(context.RequestAborted))
        {
            WritePair(json, block.Id, block.Place);
            if (json.BytesPending > FlushBytes)
            {
                await json.FlushAsync(context.RequestAborted);
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(context.RequestAborted);
    }

    private static Utf8JsonWriter Begin(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var json = new Utf8JsonWriter(context.Response.Body);
        json.WriteStartObject();
        json.WriteStartArray("blocks");
        return json;
    }

    private static void WritePair(Utf8JsonWriter json, BlobId id, long number)
    {
        json.WriteStartArray();
        json.WriteStringValue(id.ToHex());
        json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
