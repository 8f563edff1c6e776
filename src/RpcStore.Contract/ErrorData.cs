using System.Text.Json.Nodes;
using RpcStore.Digests;

namespace RpcStore.Contract;

/// <summary>Builds the <c>data</c> of an error: what is null is left out.</summary>
internal readonly struct ErrorData(string name)
{
    private readonly JsonObject data = new() { ["name"] = name };

    public ErrorData With(string member, string? value) => Add(member, value is null ? null : JsonValue.Create(value));

    public ErrorData With(string member, long? value) => Add(member, value is null ? null : JsonValue.Create(value.Value));

    public ErrorData With(string member, BlobId? value) => With(member, value?.ToString());

    public ErrorData With(string member, ReadOnlyMemory<BlobId>? value)
    {
        if (value is null)
        {
            return this;
        }

        var ids = new JsonArray();
        foreach (var id in value.Value.Span)
        {
            ids.Add((JsonNode)JsonValue.Create(id.ToString()));
        }

        return Add(member, ids);
    }

    public JsonObject Build() => data;

    private ErrorData Add(string member, JsonNode? value)
    {
        if (value is not null)
        {
            data.Add(member, value);
        }

        return this;
    }
}
