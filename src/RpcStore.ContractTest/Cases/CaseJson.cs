using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace RpcStore.ContractTest.Cases;

/// <summary>How JSON is written.</summary>
[JsonSerializable(typeof(JsonNode))]
[JsonSerializable(typeof(string))]
internal sealed partial class CaseJson : JsonSerializerContext;
