using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>Writes a method in HTML.</summary>
internal static class HtmlMethod
{
    private static readonly HtmlStyle Style = HtmlStyle.Instance;

    /// <summary>
    /// The section of a method. Its attributes are for the script: the parameters of its first example, and whether a call
    /// changes something.
    /// </summary>
    public static void Write(HtmlText html, Method method)
    {
        var first = ReferenceExamples.Of(method).First().Example;
        html.Block(
            "article class=\"method\"",
            () =>
            {
                html.Block("div class=\"text\"", () => WriteText(html, method));
                html.Block("div class=\"examples\"", () =>
                {
                    foreach (var (_, example) in ReferenceExamples.Of(method))
                    {
                        WriteExample(html, method, example);
                    }
                });
            },
            ("id", method.Name),
            ("data-journal", method.Journal),
            ("data-params", Words.Pretty(first.Parameters)));
    }

    /// <summary>A list of parameters or members.</summary>
    /// <param name="html">Where to.</param>
    /// <param name="fields">What is listed.</param>
    /// <param name="isAnswer">Whether the server sends them; otherwise it takes them.</param>
    public static void WriteFields(HtmlText html, IEnumerable<Field> fields, bool isAnswer) => html.Block("dl class=\"fields\"", () =>
    {
        foreach (var field in fields)
        {
            var presence = field.Required ? isAnswer ? "" : "required" : isAnswer ? "may be absent" : "optional";
            var fallback = TypeWords.DefaultOf(field) is { } value ? $" <span class=\"default\">default {Style.Code(value)}</span>" : "";
            html.Element("dt",
                $"<code>{Style.Plain(field.Name)}</code> <span class=\"kind\">{TypeWords.Describe(field.Type, Style)}</span>"
                + (presence.Length == 0 ? "" : $" <span class=\"presence\">{presence}</span>") + fallback);
            html.Element("dd", Style.Text(field.Description));
        }
    });

    private static void WriteText(HtmlText html, Method method)
    {
        html.Element("h3", $"<a class=\"anchor\" href=\"#{Style.Plain(method.Name)}\">{Style.Plain(method.Name)}</a>"
            + $" <span class=\"badge {method.Access}\" title=\"for {Words.Access(method.Access)}\">{method.Access}</span>"
            + (method.Journal == "change" ? " <span class=\"badge change\">changes something</span>" : ""));
        html.Element("p class=\"summary\"", Style.Text(method.Summary));
        html.Element("p", Style.Text(method.Description));
        html.Element("p class=\"signature\"", Style.Code(Words.Signature(method)));
        if (method.Parameters.Length > 0)
        {
            html.Element("h4", "Parameters");
            html.Block("div class=\"parameters\"", () => WriteFields(html, method.Parameters, isAnswer: false));
        }

        html.Element("h4", $"Result: {TypeWords.Describe(method.Result.Type, Style)}");
        html.Element("p", Style.Text(method.Result.Type is ObjectType shape ? shape.Description : method.Result.Description));
        if (method.Result.Type is ObjectType { Fields: var fields })
        {
            WriteFields(html, fields, isAnswer: true);
        }

        if (method.Errors.Length > 0)
        {
            html.Element("h4", "Errors");
            html.Block("dl class=\"errors\"", () =>
            {
                foreach (var error in method.Errors)
                {
                    var data = error.Data.Length == 0 ? "" : $" <span class=\"data\">{string.Join(' ', error.Data.Select(field => Style.Code(field.Name)))}</span>";
                    html.Element("dt", $"{Style.ErrorLink(error.Name)} <span class=\"code\">{error.Code}</span>{data}");
                    html.Element("dd", Style.Text(error.When));
                }
            });
        }
    }

    private static void WriteExample(HtmlText html, Method method, Example example) => html.Block("div class=\"example\"", () =>
    {
        html.Element("h4", $"Example: {Style.Plain(example.Name)}");
        if (Words.Note(example) is { } note)
        {
            html.Element("p class=\"note\"", Style.Text(note));
        }

        HtmlWriter.WriteSnippets(html, Snippets.Of(method, example));
        html.Block("div class=\"answer\"", () =>
        {
            html.Element("h5", "Answer");
            html.Code(Words.Pretty(example.Result!));
        });
    });
}
