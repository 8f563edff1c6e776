using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RpcStore.CodeGen.Reference;

/// <summary>Writes a call as a line of shell: with the command, and with curl over the local socket.</summary>
internal static class ShellExample
{
    /// <summary>Where the command finds the server.</summary>
    public const string CommandOpening = "export RPCSTORE_SERVER=unix:/run/rpcstore/rpcstore.sock";

    /// <summary>Where curl finds the server.</summary>
    public const string CurlOpening = "SOCK=/run/rpcstore/rpcstore.sock";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>With <c>rpcstore call</c>, which prints the result.</summary>
    public static string Command(string method, JsonObject parameters) =>
        parameters.Count == 0 ? $"rpcstore call {method}" : $"rpcstore call {method} {Quote(parameters.ToJsonString(Compact))}";

    /// <summary>With curl, which prints the whole reply.</summary>
    public static string Curl(string method, JsonObject parameters)
    {
        var request = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method };
        if (parameters.Count > 0)
        {
            request["params"] = parameters.DeepClone();
        }

        return $"curl -s --unix-socket \"$SOCK\" http://localhost/rpc -d {Quote(request.ToJsonString(Compact))}";
    }

    /// <summary>A word that a POSIX shell takes as it is: nothing means anything between single quotes but their end.</summary>
    public static string Quote(string word) => $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
