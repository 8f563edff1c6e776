using System.Text.Json;

namespace RpcStore.Contract;

public static partial class ContractInfo
{
    private static readonly Lazy<ReadOnlyMemory<byte>> AuthoredDocument = new(ReadResource);
    private static readonly Lazy<ReadOnlyMemory<byte>> CompactDocument = new(() => Compact(AuthoredDocument.Value));

    /// <summary>The bundled OpenRPC document in UTF-8 as it stands in <c>openrpc.json</c>, made for people to read.</summary>
    public static ReadOnlyMemory<byte> OpenRpcText => AuthoredDocument.Value;

    /// <summary>The same document without white space: one line, as an answer of <c>rpc.discover</c> must be.</summary>
    public static ReadOnlyMemory<byte> OpenRpcJson => CompactDocument.Value;

    private static ReadOnlyMemory<byte> ReadResource()
    {
        using var resource = typeof(ContractInfo).Assembly.GetManifestResourceStream("openrpc.json")
            ?? throw new InvalidOperationException("The assembly was built without openrpc.json.");
        var text = new byte[resource.Length];
        resource.ReadExactly(text);
        return text;
    }

    private static ReadOnlyMemory<byte> Compact(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        using var compact = new MemoryStream(json.Length);
        using (var writer = new Utf8JsonWriter(compact))
        {
            document.WriteTo(writer);
        }

        return compact.ToArray();
    }
}
