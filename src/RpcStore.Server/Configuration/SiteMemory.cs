namespace RpcStore.Server.Configuration;

/// <summary>How much memory serving sites may take, whatever is read and by how many. Immutable.</summary>
public sealed record SiteMemory
{
    /// <summary>Bytes of decoded blocks that are kept.</summary>
    public long MaxBlockBytes { get; init; } = 256L << 20;

    /// <summary>Bytes of compressed content that is kept.</summary>
    public long MaxCompressedBytes { get; init; } = 64L << 20;

    /// <summary>Bytes for the paths that were asked for lately and what is there: about 1 KiB each.</summary>
    public long MaxPathBytes { get; init; } = 64L << 20;
}
