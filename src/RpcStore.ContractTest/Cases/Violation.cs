using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Cases;

/// <summary>A value with one thing wrong about it.</summary>
/// <param name="Name">What is wrong.</param>
/// <param name="Pointer">Where in the value: a JSON Pointer, empty for the value itself.</param>
/// <param name="Value">The value.</param>
/// <param name="Untried">Why it is not to be sent; null when it is.</param>
internal sealed record Violation(string Name, string Pointer, JsonNode? Value, string? Untried = null);
