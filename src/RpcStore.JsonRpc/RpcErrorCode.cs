namespace RpcStore.JsonRpc;

/// <summary>
/// The codes that the protocol itself answers with: those of JSON-RPC 2.0 (section 5.1) and the Language Server Protocol,
/// and, where these have none, the HTTP status (<c>spec/errors.md</c>).
/// </summary>
public static class RpcErrorCode
{
    /// <summary>The bytes received are not JSON.</summary>
    public const int ParseError = -32700;

    /// <summary>The JSON received is not a request.</summary>
    public const int InvalidRequest = -32600;

    /// <summary>There is no such method.</summary>
    public const int MethodNotFound = -32601;

    /// <summary>The parameters do not fit the method.</summary>
    public const int InvalidParams = -32602;

    /// <summary>The server failed.</summary>
    public const int InternalError = -32603;

    /// <summary>The call was cancelled: the code of the Language Server Protocol, which StreamJsonRpc and vscode-jsonrpc use.</summary>
    public const int RequestCancelled = -32800;

    /// <summary>A message passes the limit on its size: the HTTP status, as JSON-RPC has no code of its own for it.</summary>
    public const int TooLarge = 413;
}
