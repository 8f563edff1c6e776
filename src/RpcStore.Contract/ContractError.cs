namespace RpcStore.Contract;

/// <summary>A row of the error table (spec/errors.md).</summary>
/// <param name="Name">Its name, which is in <c>data.name</c> of every error object.</param>
/// <param name="Code">Its JSON-RPC code.</param>
/// <param name="HttpStatus">Its status on HTTP routes.</param>
/// <param name="Retry">Whether a retry can help: <c>yes</c>, <c>no</c> or <c>maybe</c>.</param>
/// <param name="When">When it is raised.</param>
public sealed record ContractError(string Name, int Code, int HttpStatus, string Retry, string When);
