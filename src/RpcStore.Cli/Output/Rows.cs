using System.Text.Json.Serialization;
using RpcStore.Contract;
using RpcStore.Digests;

namespace RpcStore.Cli.Output;

/// <summary>A blob and what an answer says of it.</summary>
internal sealed record BlobStatus(
    [property: JsonPropertyName("id")] BlobId Id,
    [property: JsonPropertyName("status")] string Status);

/// <summary>A blob with its size and time, which one that is missing has not.</summary>
internal sealed record BlobFacts(
    [property: JsonPropertyName("id")] BlobId Id,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("size")] long? Size = null,
    [property: JsonPropertyName("storedAt")] string? StoredAt = null);

/// <summary>A source, or an entry of a batch, and what became of it.</summary>
internal sealed record UploadRow(
    [property: JsonPropertyName("id")] string? Id,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("status")] string Status,
    [property: JsonPropertyName("name")] string? Name = null,
    [property: JsonPropertyName("reason")] string? Reason = null);

/// <summary>What became of a download.</summary>
internal sealed record DownloadReport(
    [property: JsonPropertyName("items")] long Items,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("missing")] IReadOnlyList<BlobId> Missing);

/// <summary>A public key, for a person and for an account.</summary>
internal sealed record KeyFacts(
    [property: JsonPropertyName("publicKey")] string PublicKey,
    [property: JsonPropertyName("fingerprint")] string Fingerprint);

/// <summary>Something that is wrong with a catalog.</summary>
internal sealed record CatalogFinding([property: JsonPropertyName("finding")] string Finding);

/// <summary>A setting of a server, and where its value is from.</summary>
internal sealed record SettingRow(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] string? Value,
    [property: JsonPropertyName("source")] string Source);

/// <summary>How the rows of the command are written as JSON.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BlobStatus))]
[JsonSerializable(typeof(BlobFacts))]
[JsonSerializable(typeof(UploadRow))]
[JsonSerializable(typeof(DownloadReport))]
[JsonSerializable(typeof(KeyFacts))]
[JsonSerializable(typeof(CatalogFinding))]
[JsonSerializable(typeof(SettingRow))]
[JsonSerializable(typeof(BlobInfo))]
[JsonSerializable(typeof(System.Text.Json.Nodes.JsonObject))]
internal sealed partial class CliJson : JsonSerializerContext;
