using System.Text.Json.Serialization;

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>Something whose serializer fails half-way.</summary>
internal sealed class Unwritable
{
    public string First => new('x', 20_000);

    public string Second => throw new NotSupportedException();
}

[JsonSerializable(typeof(Unwritable))]
internal sealed partial class UnwritableJson : JsonSerializerContext;
