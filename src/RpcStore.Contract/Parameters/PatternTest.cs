namespace RpcStore.Contract.Parameters;

/// <summary>Whether a text matches a pattern of the contract as a whole.</summary>
public delegate bool PatternTest(ReadOnlySpan<char> text);
