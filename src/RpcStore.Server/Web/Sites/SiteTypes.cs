using Microsoft.AspNetCore.StaticFiles;

namespace RpcStore.Server.Web.Sites;

/// <summary>Media types of files by their names (spec/sites.md, section 3).</summary>
internal static class SiteTypes
{
    /// <summary>What is sent where a name says nothing: browsers save it.</summary>
    public const string Unknown = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider ByName = Create();

    private static readonly HashSet<string> Compressible = new(StringComparer.OrdinalIgnoreCase)
    {
        "application/javascript", "application/json", "application/manifest+json", "application/ld+json", "application/geo+json",
        "application/xml", "application/xhtml+xml", "application/atom+xml", "application/rss+xml", "application/wasm",
        "application/x-sh", "application/toml", "application/yaml", "application/sql", "application/rtf",
        "application/vnd.ms-fontobject", "font/ttf", "font/otf", "image/svg+xml", "image/x-icon", "image/bmp",
    };

    /// <summary>The type of a file, with the character set where it is text.</summary>
    public static string Of(string name)
    {
        if (!ByName.TryGetContentType(name, out var type))
        {
            return Unknown;
        }

        return IsText(type) ? type + "; charset=utf-8" : type;
    }

    /// <summary>Whether content of a type becomes smaller by compression.</summary>
    public static bool IsCompressible(string type)
    {
        var end = type.IndexOf(';', StringComparison.Ordinal);
        var bare = end < 0 ? type : type[..end];
        return IsText(bare) || Compressible.Contains(bare);
    }

    private static bool IsText(string type) =>
        type.StartsWith("text/", StringComparison.OrdinalIgnoreCase) || type is "application/javascript" or "application/x-sh";

    private static FileExtensionContentTypeProvider Create()
    {
        var provider = new FileExtensionContentTypeProvider();
        foreach (var (extension, type) in new[]
        {
            (".js", "text/javascript"), (".mjs", "text/javascript"), (".map", "application/json"), (".wasm", "application/wasm"),
            (".avif", "image/avif"), (".webp", "image/webp"), (".webmanifest", "application/manifest+json"), (".md", "text/markdown"),
            (".toml", "application/toml"), (".yaml", "application/yaml"), (".yml", "application/yaml"), (".log", "text/plain"),
            (".conf", "text/plain"), (".sh", "application/x-sh"), (".ttf", "font/ttf"), (".otf", "font/otf"), (".woff", "font/woff"),
            (".woff2", "font/woff2"), (".gz", "application/gzip"), (".zst", "application/zstd"), (".xz", "application/x-xz"),
            (".geojson", "application/geo+json"), (".jsonld", "application/ld+json"), (".sql", "application/sql"),
        })
        {
            provider.Mappings[extension] = type;
        }

        return provider;
    }
}
