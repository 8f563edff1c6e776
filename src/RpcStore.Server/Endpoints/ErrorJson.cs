using System.Text.Json.Nodes;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Endpoints;

/// <summary>Errors of the contract where no session writes them: as JSON.</summary>
internal static class ErrorJson
{
    /// <summary>The error object, as a JSON-RPC reply has it.</summary>
    public static JsonObject Write(RpcError error)
    {
        var json = new JsonObject { ["code"] = error.Code, ["message"] = error.Message };
        if (error.Data is not null)
        {
            json["data"] = error.Data.DeepClone();
        }

        return json;
    }
}
