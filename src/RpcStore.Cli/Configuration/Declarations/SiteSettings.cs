using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>How much memory serving sites takes.</summary>
internal static class SiteSettings
{
    /// <summary>Decoded blocks.</summary>
    public static Setting<long> BlockCache { get; } = new(
        "site-block-cache", new BytesType(4 << 20, 1L << 40), 256L << 20,
        "Memory for content of sites that was read lately. A site that fits into it is served without a look at the disk.");

    /// <summary>Compressed content.</summary>
    public static Setting<long> CompressedCache { get; } = new(
        "site-compressed-cache", new BytesType(1 << 20, 1L << 40), 64L << 20,
        "Memory for content of sites that was compressed for browsers.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new("Sites", [BlockCache, CompressedCache]);
}
