using System.Xml;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Server.Web.Sites.WebDav;

/// <summary>What a PROPFIND asks for (RFC 4918, section 14.20).</summary>
/// <param name="Names">The properties; null for all.</param>
/// <param name="HasValues">Whether their values are wanted, and not their names only.</param>
internal sealed record PropFindBody(IReadOnlyList<DavName>? Names, bool HasValues)
{
    /// <summary>Bytes of the largest body.</summary>
    public const int MaxBytes = 64 << 10;

    // Each is answered for every entry.
    private const int MaxNames = 256;

    /// <summary>What an empty body asks for.</summary>
    public static PropFindBody All { get; } = new(null, HasValues: true);

    /// <summary>Whether a property of WebDAV itself is to be told.</summary>
    public bool Wants(string name) => Names is null || Names.Contains(DavName.Of(name));

    /// <summary>Reads a body. No document type is taken, so nothing is expanded or fetched.</summary>
    /// <exception cref="RpcException">It is not XML, or no propfind element.</exception>
    public static PropFindBody Read(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return All;
        }

        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = MaxBytes,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        };
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(body.ToArray(), writable: false), settings);
            return Read(reader);
        }
        catch (XmlException e)
        {
            throw Malformed($"it is not well-formed XML: {e.Message}");
        }
    }

    private static PropFindBody Read(XmlReader reader)
    {
        if (reader.MoveToContent() != XmlNodeType.Element || !IsDav(reader, "propfind"))
        {
            throw Malformed("its root is not propfind in the namespace DAV:");
        }

        PropFindBody? asked = null;
        var depth = reader.Depth + 1;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth || reader.NamespaceURI != DavName.Dav)
            {
                continue;
            }

            var one = reader.LocalName switch
            {
                "allprop" => All,
                "propname" => new PropFindBody(null, HasValues: false),
                "prop" => new PropFindBody(ReadNames(reader), HasValues: true),
                _ => null,
            };
            if (one is not null && asked is not null)
            {
                throw Malformed("it asks for more than one of allprop, propname and prop");
            }

            asked ??= one;
        }

        return asked ?? throw Malformed("it asks for none of allprop, propname and prop");
    }

    private static List<DavName> ReadNames(XmlReader reader)
    {
        var names = new List<DavName>();
        if (reader.IsEmptyElement)
        {
            return names;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType != XmlNodeType.Element || reader.Depth != depth + 1)
            {
                continue;
            }

            if (names.Count == MaxNames)
            {
                throw Malformed($"it asks for more than {MaxNames} properties");
            }

            names.Add(new DavName(reader.NamespaceURI, reader.LocalName));
        }

        return names;
    }

    private static bool IsDav(XmlReader reader, string name) => reader.LocalName == name && reader.NamespaceURI == DavName.Dav;

    private static RpcException Malformed(string reason) =>
        new(ContractErrors.InvalidParams($"The body of PROPFIND cannot be read: {reason}.", "", reason));
}
