namespace RpcStore.Cli;

/// <summary>What the person typed cannot be meant; the message says why.</summary>
internal sealed class UsageException(string message) : Exception(message);
