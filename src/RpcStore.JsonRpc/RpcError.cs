using System.Text.Json.Nodes;

namespace RpcStore.JsonRpc;

/// <summary>The error object of JSON-RPC 2.0, section 5.1.</summary>
/// <param name="Code">What kind of error it is: see <see cref="RpcErrorCode"/> for those that the protocol itself has.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Data">More, for a program; null for none. Not to be changed once the error is made.</param>
public sealed record RpcError(int Code, string Message, JsonNode? Data = null);
