using System.Globalization;
using Microsoft.Net.Http.Headers;
using RpcStore.Core.Flists;

namespace RpcStore.Server.Web.Sites.WebDav;

/// <summary>The name of a property (RFC 4918, section 4).</summary>
/// <param name="Space">Its namespace; may be empty.</param>
/// <param name="Name">Its name there.</param>
internal readonly record struct DavName(string Space, string Name)
{
    /// <summary>The namespace of WebDAV itself.</summary>
    public const string Dav = "DAV:";

    /// <summary>A property that WebDAV itself has.</summary>
    public static DavName Of(string name) => new(Dav, name);
}

/// <summary>What is told about one file or directory.</summary>
/// <param name="Href">Its path as a URL has it; ends with a slash for a directory.</param>
/// <param name="Name">Its name.</param>
/// <param name="Node">The inode.</param>
/// <param name="Tag">The entity tag of a file, empty when nobody asked for it; null for a directory.</param>
internal readonly record struct DavItem(string Href, string Name, FlistNode Node, string? Tag)
{
    private const string RootName = "/";

    /// <summary>Every property that an item can have, in the order in which they are told.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        "resourcetype", "displayname", "getcontentlength", "getcontenttype", "getetag", "getlastmodified", "creationdate", "supportedlock",
    ];

    /// <summary>The value of a property, as XML text that is not escaped yet; null when the item does not have it.</summary>
    public string? ValueOf(string name) => name switch
    {
        "displayname" => Name.Length == 0 ? RootName : Name,
        "getcontentlength" when !Node.IsDirectory => Node.Size.ToString(CultureInfo.InvariantCulture),
        "getcontenttype" when !Node.IsDirectory => SiteTypes.Of(Name),
        "getetag" => Tag,
        "getlastmodified" when SiteEntry.ToTime(Node.Attributes.ModifiedAt) is { } time => HeaderUtilities.FormatDate(time),
        "creationdate" when SiteEntry.ToTime(Node.Attributes.ChangedAt) is { } time =>
            time.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),

        // No lock of any kind (section 15.10).
        "supportedlock" => "",
        _ => null,
    };
}
