using System.Collections.Frozen;
using System.Text.Json.Nodes;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Endpoints;

/// <summary>Errors of the contract where no session writes them: as JSON, and as HTTP statuses.</summary>
internal static class ErrorJson
{
    private static readonly FrozenDictionary<int, ContractError> ByCode =
        ContractErrors.All.ToFrozenDictionary(error => error.Code);

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

    /// <summary>The status on HTTP routes.</summary>
    public static int GetHttpStatus(RpcError error) => ByCode[error.Code].HttpStatus;

    /// <summary>The name in the error table.</summary>
    public static string GetName(RpcError error) => ByCode[error.Code].Name;
}
