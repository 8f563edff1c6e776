using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Web;

/// <summary>An error of the contract as an HTTP response (spec/connections.md, section 5).</summary>
internal static class ErrorResponse
{
    /// <summary>Answers with an error; nothing of another answer may have been sent yet.</summary>
    public static Task WriteAsync(HttpContext context, RpcError error) => WriteAsync(
        context, error, IsText(context) ? error.Message : new JsonObject { ["error"] = ErrorJson.Write(error) }.ToJsonString());

    /// <summary>Answers with an error and a body that holds it.</summary>
    public static async Task WriteAsync(HttpContext context, RpcError error, string body)
    {
        SetHead(context.Response, error);
        if (IsText(context))
        {
            context.Response.ContentType = "text/plain; charset=utf-8";
        }

        var bytes = Encoding.UTF8.GetBytes(body);
        context.Response.ContentLength = bytes.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    // What the contract says of the route.
    private static bool IsText(HttpContext context) => context.Features.Get<ContractRoute>()?.Errors == "text";

    /// <summary>Status and headers of an error.</summary>
    public static void SetHead(HttpResponse response, RpcError error)
    {
        response.StatusCode = ContractErrors.HttpStatusOf(error.Code);
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        if (error.Data?["retryAfter"] is { } retryAfter)
        {
            response.Headers.RetryAfter = retryAfter.GetValue<long>().ToString(CultureInfo.InvariantCulture);
        }
    }
}
