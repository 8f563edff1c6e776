using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>
/// Writes what the server's page shows: its navigation and its content. The page around them, its style and its script are
/// written by hand (<c>src/RpcStore.Server/Web/Reference</c>).
/// </summary>
internal static class HtmlWriter
{
    private static readonly HtmlStyle Style = HtmlStyle.Instance;

    /// <summary>The list of everything on the page.</summary>
    public static string WriteNavigation(Contract contract)
    {
        var html = new HtmlText();
        foreach (var domain in contract.Domains)
        {
            WriteGroup(html, domain.Name, domain.Methods.Select(method => (method.Name, method.Name)));
        }

        WriteGroup(html, "types", TypeWords.Named(contract).Select(NameOf).Select(name => ("type-" + name, name)));
        WriteGroup(html, "more", [("values", "Values"), ("errors", "Errors"), ("routes", "HTTP routes")]);
        return html.ToString();
    }

    /// <summary>Methods, types, errors and routes.</summary>
    public static string WriteContent(Contract contract)
    {
        var html = new HtmlText();
        WriteOpenings(html);
        foreach (var domain in contract.Domains)
        {
            html.Block("section class=\"domain\"", () =>
            {
                html.Element("h2", Style.Plain(domain.Name));
                foreach (var method in domain.Methods)
                {
                    HtmlMethod.Write(html, method);
                }
            }, ("id", domain.Name));
        }

        HtmlSections.WriteTypes(html, contract);
        HtmlSections.WriteErrors(html, contract);
        HtmlSections.WriteRoutes(html, contract);
        return html.ToString();
    }

    /// <summary>The name of a type that has one.</summary>
    public static string NameOf(ContractType type) => type is EnumType choice ? choice.Name : ((ObjectType)type).Name;

    private static void WriteGroup(HtmlText html, string title, IEnumerable<(string Id, string Name)> items) =>
        html.Block("details open", () =>
        {
            html.Element("summary", Style.Plain(title));
            html.Block("ul", () =>
            {
                foreach (var (id, name) in items)
                {
                    html.Element("li", $"<a href=\"#{Style.Plain(id)}\">{Style.Plain(name)}</a>");
                }
            });
        }, ("data-group", title));

    private static void WriteOpenings(HtmlText html) => html.Block("section id=\"begin\"", () =>
    {
        html.Element("h2", "How the examples begin");
        html.Element("p", Style.Text(
            "The examples talk to a server on this machine, over its local socket, whose path it prints when it starts. "
            + "`rpcstore call` prints the result; `curl` prints the whole reply, with the result in `result`. Over the network they take a login."));
        html.Block("div class=\"example\"", () => WriteSnippets(html, Snippets.Opening));
    });

    /// <summary>The same in every language.</summary>
    public static void WriteSnippets(HtmlText html, IEnumerable<Snippet> snippets) => html.Block("div class=\"snippets\"", () =>
    {
        foreach (var snippet in snippets)
        {
            html.Block("div class=\"snippet\"", () =>
            {
                html.Element("h5", Style.Plain(snippet.Title));
                html.Code(snippet.Text);
            }, ("data-language", snippet.Key));
        }
    });
}
