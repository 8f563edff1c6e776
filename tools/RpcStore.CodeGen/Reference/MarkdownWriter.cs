using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>Writes the reference as one page of Markdown.</summary>
internal static class MarkdownWriter
{
    private static readonly MarkdownStyle Style = MarkdownStyle.Instance;

    /// <summary>The page.</summary>
    public static string Write(Contract contract)
    {
        var page = new MarkdownPage();
        page.Line("<!-- Made from spec/contract by tools/generate; changes here are lost. -->");
        page.Paragraph($"# {contract.Title} {contract.Version}: reference");
        page.Paragraph(
            "Every method of the contract, [`openrpc.json`](../openrpc.json). Every server shows this page too, at `/openrpc`, where calls can be tried. How calls travel is in "
            + "[connections.md](connections.md), logging in in [auth.md](auth.md), uploads and downloads in [tar-batch.md](tar-batch.md).");
        WriteContents(page, contract);
        WriteOpenings(page);
        foreach (var domain in contract.Domains)
        {
            page.Paragraph($"## {domain.Name}");
            foreach (var method in domain.Methods)
            {
                MarkdownMethod.Write(page, method);
            }
        }

        WriteTypes(page, contract);
        WriteErrors(page, contract);
        WriteRoutes(page, contract);
        return page.ToString();
    }

    private static void WriteContents(MarkdownPage page, Contract contract)
    {
        page.Table(["", "methods"], contract.Domains.Select(domain => (string[])
        [
            $"[{domain.Name}](#{MarkdownStyle.Anchor(domain.Name)})",
            string.Join(", ", domain.Methods.Select(method => $"[`{method.Verb}`](#{MarkdownStyle.Anchor(method.Name)})")),
        ]));
        page.Paragraph("And the [values](#values), the [types](#types), the [errors](#errors) and the [HTTP routes](#http-routes).");
    }

    private static void WriteOpenings(MarkdownPage page)
    {
        page.Paragraph("## How the examples begin");
        page.Paragraph(
            "The examples talk to a server on this machine, over its local socket, whose path it prints when it starts. "
            + "`rpcstore call` prints the result; `curl` prints the whole reply, with the result in `result`. Over the network they take a login.");
        foreach (var opening in Snippets.Opening)
        {
            page.Code(opening.Fence, opening.Text);
        }
    }

    private static void WriteTypes(MarkdownPage page, Contract contract)
    {
        page.Paragraph("## Values");
        page.Table(["value", "what it is"], TypeWords.Values.Select(value => (string[])[value.Name, Style.Text(value.Meaning)]));
        page.Paragraph("## Types");
        foreach (var type in TypeWords.Named(contract))
        {
            switch (type)
            {
                case EnumType choice:
                    page.Paragraph($"### {MarkdownStyle.TypeHeading(choice.Name)}");
                    page.Paragraph(Style.Text(choice.Description));
                    page.Paragraph($"One of {string.Join(", ", choice.Values.Select(Style.Code))}.");
                    break;
                case ObjectType shape:
                    page.Paragraph($"### {MarkdownStyle.TypeHeading(shape.Name)}");
                    page.Paragraph(Style.Text(shape.Description));
                    MarkdownMethod.WriteFields(page, "member", shape.Fields, isAnswer: true);
                    break;
            }
        }
    }

    private static void WriteErrors(MarkdownPage page, Contract contract)
    {
        page.Paragraph("## Errors");
        page.Paragraph("An error's `data` has its `name`, and the members of the last column where they apply. Over HTTP routes it has the status. More is in [errors.md](errors.md).");
        page.Table(["name", "code", "HTTP", "when", "can a retry help", "`data`"], contract.Errors.Select(error => (string[])
        [
            Style.Code(error.Name), $"{error.Code}", $"{error.HttpStatus}", Style.Text(error.When), error.Retry,
            string.Join(", ", error.Data.Select(field => Style.Code(field.Name))),
        ]));
        page.Table(["member of `data`", "type", "what it is"], contract.Errors.SelectMany(error => error.Data).DistinctBy(field => field.Name).Select(field => (string[])
            [Style.Code(field.Name), TypeWords.Describe(field.Type, Style), Style.Text(field.Description)]));
    }

    private static void WriteRoutes(MarkdownPage page, Contract contract)
    {
        page.Paragraph("## HTTP routes");
        page.Paragraph("Beside the methods, for bytes. They take the same logins, and answer errors as JSON (`{\"error\": …}`) or, where it says so, as plain text.");
        page.Table(["route", "for", "what it does", "takes", "answers"], contract.Routes.Select(route => (string[])
        [
            Style.Code($"{route.Method} {route.Path}"), Words.Access(route.Access),
            Style.Text(route.Summary) + (route.Errors == "text" ? " Errors are plain text." : ""),
            route.Body is null ? "" : Style.TypeLink(route.Body.Name), route.Result is null ? "" : Style.TypeLink(route.Result.Name),
        ]));
    }
}
