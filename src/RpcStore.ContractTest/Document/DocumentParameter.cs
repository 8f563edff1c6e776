using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Document;

/// <summary>A parameter of a method.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Schema">What it must be.</param>
internal sealed record DocumentParameter(string Name, bool IsRequired, JsonNode? Schema);
