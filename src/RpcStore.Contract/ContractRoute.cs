namespace RpcStore.Contract;

/// <summary>An HTTP route of the contract.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; variable segments are in braces.</param>
/// <param name="Access">Who may use it: <c>guest</c>, <c>user</c> or <c>admin</c>.</param>
/// <param name="Journal">How the journal takes it, as for a <see cref="ContractMethod"/>.</param>
/// <param name="Summary">One line on it.</param>
/// <param name="Errors">How it writes errors: <c>json</c>, or <c>text</c> for routes whose clients expect that.</param>
public sealed record ContractRoute(string Method, string Path, string Access, string Journal, string Summary, string Errors);
