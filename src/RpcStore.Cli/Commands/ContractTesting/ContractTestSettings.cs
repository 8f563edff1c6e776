namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>What was asked of a contract test.</summary>
/// <param name="Contract">The file with the document; null for the server's own.</param>
/// <param name="PlaysChanges">Whether the server may be changed.</param>
/// <param name="AdminKey">The file with an admin's private key; null for none.</param>
/// <param name="UserKey">The file with a user's private key; null for none.</param>
/// <param name="GuestServer">Where guest and user connect to; null for what the server names.</param>
/// <param name="Timeout">How long an answer may take.</param>
/// <param name="Format"><c>text</c>, <c>json</c> or <c>junit</c>.</param>
/// <param name="Output">The file for the report; null for standard output.</param>
internal sealed record ContractTestSettings(
    string? Contract,
    bool PlaysChanges,
    string? AdminKey,
    string? UserKey,
    string? GuestServer,
    TimeSpan Timeout,
    string Format,
    string? Output);
