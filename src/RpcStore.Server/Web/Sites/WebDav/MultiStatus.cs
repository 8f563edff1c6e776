using System.Globalization;
using System.Text;

namespace RpcStore.Server.Web.Sites.WebDav;

/// <summary>Writes a multistatus (RFC 4918, section 13), piece by piece.</summary>
/// <param name="asked">What was asked for.</param>
internal sealed class MultiStatus(PropFindBody asked)
{
    private const string Head = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<D:multistatus xmlns:D=\"DAV:\">\n";
    private const string Tail = "</D:multistatus>\n";

    private readonly StringBuilder text = new(Head, 8192);

    /// <summary>Adds what is told about an item.</summary>
    public void Add(DavItem item)
    {
        text.Append("<D:response><D:href>");
        AppendEscaped(item.Href);
        text.Append("</D:href>\n");
        if (asked.Names is { } names)
        {
            AddNamed(item, names);
        }
        else
        {
            text.Append("<D:propstat><D:prop>");
            foreach (var name in DavItem.Known)
            {
                AppendProperty(item, name);
            }

            text.Append("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>\n");
        }

        text.Append("</D:response>\n");
    }

    /// <summary>Takes what was written since the last call.</summary>
    /// <param name="isLast">Whether nothing more comes.</param>
    public byte[] Take(bool isLast)
    {
        text.Append(isLast ? Tail : "");
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        return bytes;
    }

    private static bool Has(DavItem item, DavName name) =>
        name.Space == DavName.Dav && (name.Name == "resourcetype" || item.ValueOf(name.Name) is not null);

    private void AddNamed(DavItem item, IReadOnlyList<DavName> names)
    {
        var found = names.Count(name => Has(item, name));
        if (found > 0 || names.Count == 0)
        {
            text.Append("<D:propstat><D:prop>");
            foreach (var name in names.Where(name => Has(item, name)))
            {
                AppendProperty(item, name.Name);
            }

            text.Append("</D:prop><D:status>HTTP/1.1 200 OK</D:status></D:propstat>\n");
        }

        if (found == names.Count)
        {
            return;
        }

        text.Append("<D:propstat><D:prop>");
        foreach (var name in names.Where(name => !Has(item, name)))
        {
            // XML has no prefix for the empty namespace, so each says its own.
            text.Append('<').Append(name.Name).Append(" xmlns=\"");
            AppendEscaped(name.Space);
            text.Append("\"/>");
        }

        text.Append("</D:prop><D:status>HTTP/1.1 404 Not Found</D:status></D:propstat>\n");
    }

    private void AppendProperty(DavItem item, string name)
    {
        if (name == "resourcetype")
        {
            text.Append(asked.HasValues && item.Node.IsDirectory
                ? "<D:resourcetype><D:collection/></D:resourcetype>"
                : "<D:resourcetype/>");
            return;
        }

        if (item.ValueOf(name) is not { } value)
        {
            return;
        }

        if (!asked.HasValues || value.Length == 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"<D:{name}/>");
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"<D:{name}>");
        AppendEscaped(value);
        text.Append(CultureInfo.InvariantCulture, $"</D:{name}>");
    }

    /// <summary>Escapes text; what XML has no way to write, control characters in names, becomes U+FFFD.</summary>
    private void AppendEscaped(string value)
    {
        foreach (var one in value)
        {
            _ = one switch
            {
                '&' => text.Append("&amp;"),
                '<' => text.Append("&lt;"),
                '>' => text.Append("&gt;"),
                '"' => text.Append("&quot;"),
                '\t' or '\n' or '\r' => text.Append(CultureInfo.InvariantCulture, $"&#{(int)one};"),
                < ' ' or '\uFFFE' or '\uFFFF' => text.Append('\uFFFD'),
                _ => text.Append(one),
            };
        }
    }
}
