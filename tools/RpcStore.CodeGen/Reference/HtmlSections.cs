using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>Writes what stands behind the methods: values, types, errors and routes.</summary>
internal static class HtmlSections
{
    private static readonly HtmlStyle Style = HtmlStyle.Instance;

    /// <summary>Kinds of values, and the named types.</summary>
    public static void WriteTypes(HtmlText html, Contract contract)
    {
        html.Block("section id=\"values\"", () =>
        {
            html.Element("h2", "Values");
            html.Block("dl class=\"fields\"", () =>
            {
                foreach (var (name, meaning) in TypeWords.Values)
                {
                    html.Element("dt", Style.Plain(name));
                    html.Element("dd", Style.Text(meaning));
                }
            });
        });
        html.Block("section id=\"types\"", () =>
        {
            html.Element("h2", "Types");
            foreach (var type in TypeWords.Named(contract))
            {
                WriteType(html, type);
            }
        });
    }

    /// <summary>The table of errors, and what their data are.</summary>
    public static void WriteErrors(HtmlText html, Contract contract) => html.Block("section id=\"errors\"", () =>
    {
        html.Element("h2", "Errors");
        html.Element("p", Style.Text("An error's `data` has its `name`, and the members of the last column where they apply. Over HTTP routes it has the status."));
        WriteTable(html, ["name", "code", "HTTP", "when", "retry", "data"], contract.Errors.Select(error => ($"error-{error.Name}", (string[])
        [
            Style.Code(error.Name), $"{error.Code}", $"{error.HttpStatus}", Style.Text(error.When), error.Retry,
            string.Join(' ', error.Data.Select(field => Style.Code(field.Name))),
        ])));
        html.Element("h3", "Members of an error's data");
        HtmlMethod.WriteFields(html, contract.Errors.SelectMany(error => error.Data).DistinctBy(field => field.Name), isAnswer: true);
    });

    /// <summary>The HTTP routes.</summary>
    public static void WriteRoutes(HtmlText html, Contract contract) => html.Block("section id=\"routes\"", () =>
    {
        html.Element("h2", "HTTP routes");
        html.Element("p", Style.Text("Beside the methods, for bytes. They take the same logins, and answer errors as JSON (`{\"error\": …}`) or, where it says so, as plain text."));
        WriteTable(html, ["route", "access", "what it does", "takes", "answers"], contract.Routes.Select(route => ("", (string[])
        [
            Style.Code($"{route.Method} {route.Path}"),
            $"<span class=\"badge {route.Access}\">{route.Access}</span>",
            Style.Text(route.Summary) + (route.Errors == "text" ? " Errors are plain text." : ""),
            route.Body is null ? "" : Style.TypeLink(route.Body.Name),
            route.Result is null ? "" : Style.TypeLink(route.Result.Name),
        ])));
    });

    private static void WriteType(HtmlText html, ContractType type)
    {
        var name = HtmlWriter.NameOf(type);
        html.Block("article class=\"type\"", () =>
        {
            html.Element("h3", $"<a class=\"anchor\" href=\"#type-{name}\">{name}</a>");
            html.Element("p", Style.Text(type is EnumType choice ? choice.Description : ((ObjectType)type).Description));
            if (type is EnumType { Values: var values })
            {
                html.Element("p", $"One of {string.Join(", ", values.Select(Style.Code))}.");
            }
            else
            {
                HtmlMethod.WriteFields(html, ((ObjectType)type).Fields, isAnswer: true);
            }
        }, ("id", $"type-{name}"));
    }

    private static void WriteTable(HtmlText html, string[] head, IEnumerable<(string Id, string[] Cells)> rows) =>
        html.Block("div class=\"scroll\" tabindex=\"0\"", () => html.Block("table", () =>
        {
            html.Element("thead", $"<tr>{string.Concat(head.Select(cell => $"<th scope=\"col\">{Style.Plain(cell)}</th>"))}</tr>");
            html.Block("tbody", () =>
            {
                foreach (var (id, cells) in rows)
                {
                    html.Element("tr", string.Concat(cells.Select(cell => $"<td>{cell}</td>")), id.Length == 0 ? [] : [("id", id)]);
                }
            });
        }));
}
