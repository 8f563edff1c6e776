namespace RpcStore.Contract;

/// <summary>A method of the contract.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Access">Who may call it: <c>guest</c>, <c>user</c> or <c>admin</c>.</param>
/// <param name="Journal">
/// How the journal takes it: a <c>change</c> is on the disk before its reply, a <c>read</c> within a second, a <c>query</c>
/// only where the server is told to record those too.
/// </param>
/// <param name="Summary">One line on it.</param>
public sealed record ContractMethod(string Name, string Access, string Journal, string Summary);
