using RpcStore.ContractTest.Document;

namespace RpcStore.ContractTest.Reports;

/// <summary>Who called in a role.</summary>
/// <param name="Role">The role.</param>
/// <param name="Caller">Who; null for nobody.</param>
/// <param name="Reason">Why nobody did; null when somebody did.</param>
public sealed record RoleReport(CallerRole Role, string? Caller, string? Reason);
