using Microsoft.Net.Http.Headers;
using RpcStore.Core.Flists.Serving;

namespace RpcStore.Server.Web.Sites;

/// <summary>A file of a site with everything that its answers say, made once. Immutable but for what was learnt of it.</summary>
internal sealed class SiteResource
{
    // Below, the headers cost more than is saved; above, it would take too much memory and time.
    private const int MinCompressed = 512;
    private const int MaxCompressed = 16 << 20;

    /// <summary>Describes a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="name">The name by which it was asked for.</param>
    /// <param name="now">Until when a time may be told: a file from the future would look unchanged for too long.</param>
    public SiteResource(FlistFile file, string name, DateTimeOffset now)
    {
        File = file;
        ContentType = SiteTypes.Of(name);
        Tag = $"\"{file.Tag}\"";
        GzipTag = $"\"{file.Tag}-gzip\"";
        BrotliTag = $"\"{file.Tag}-br\"";
        IsCompressible = file.Size is >= MinCompressed and <= MaxCompressed && SiteTypes.IsCompressible(ContentType);

        // 0 is what archives and flists say when they know none.
        if (file.ModifiedAt > 0 && file.ModifiedAt <= now.ToUnixTimeSeconds())
        {
            ModifiedAt = DateTimeOffset.FromUnixTimeSeconds(file.ModifiedAt);
            LastModified = HeaderUtilities.FormatDate(ModifiedAt.Value);
        }
    }

    /// <summary>The file.</summary>
    public FlistFile File { get; }

    /// <summary><c>Content-Type</c>.</summary>
    public string ContentType { get; }

    /// <summary><c>ETag</c> of the plain content.</summary>
    public string Tag { get; }

    /// <summary><c>ETag</c> of the content compressed with gzip.</summary>
    public string GzipTag { get; }

    /// <summary><c>ETag</c> of the content compressed with brotli.</summary>
    public string BrotliTag { get; }

    /// <summary>When it was modified; null when nothing is told of it.</summary>
    public DateTimeOffset? ModifiedAt { get; }

    /// <summary><c>Last-Modified</c>.</summary>
    public string? LastModified { get; }

    /// <summary>Whether it is compressed for who takes it.</summary>
    public bool IsCompressible { get; }

    /// <summary>Whether compression was tried and saves nothing.</summary>
    public bool IsDense { get; set; }

    /// <summary>About what it takes in memory.</summary>
    public long Cost => 600 + File.Cost;
}
