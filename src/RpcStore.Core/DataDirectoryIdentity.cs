using System.Text.Json.Serialization;

namespace RpcStore.Core;

/// <summary>What <c>rpcstore.json</c> says.</summary>
/// <param name="Layout">The version of the layout.</param>
/// <param name="ServerId">Names the directory.</param>
internal sealed record DataDirectoryIdentity(int Layout, string? ServerId);

/// <summary>Reads and writes <c>rpcstore.json</c> without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DataDirectoryIdentity))]
internal sealed partial class DataDirectoryJson : JsonSerializerContext;
