using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>Writes a method in Markdown.</summary>
internal static class MarkdownMethod
{
    private static readonly MarkdownStyle Style = MarkdownStyle.Instance;

    /// <summary>The section of a method.</summary>
    public static void Write(MarkdownPage page, Method method)
    {
        page.Paragraph($"### {method.Name}");
        page.Paragraph($"**{Style.Text(method.Summary)}** {Style.Text(method.Description)}");
        page.Paragraph($"`{Words.Signature(method)}`, for {Words.Access(method.Access)} (`{method.Access}`); [journaled](journal.md) as `{method.Journal}`.");
        if (method.Parameters.Length > 0)
        {
            WriteFields(page, "parameter", method.Parameters, isAnswer: false);
        }

        if (method.Result.Type is ObjectType shape)
        {
            page.Paragraph($"The result is a {Style.TypeLink(shape.Name)}: {Style.Text(shape.Description)}");
            WriteFields(page, "member", shape.Fields, isAnswer: true);
        }
        else
        {
            page.Paragraph($"The result is {TypeWords.Describe(method.Result.Type, Style)}: {Style.Text(method.Result.Description)}");
        }

        if (method.Errors.Length > 0)
        {
            page.Table(["error", "code", "`data`"], method.Errors.Select(error => (string[])
            [
                Style.ErrorLink(error.Name), $"{error.Code}", string.Join(", ", error.Data.Select(field => Style.Code(field.Name))),
            ]));
        }

        foreach (var (_, example) in ReferenceExamples.Of(method))
        {
            WriteExample(page, method, example);
        }
    }

    /// <summary>A table of parameters or members.</summary>
    public static void WriteFields(MarkdownPage page, string what, IEnumerable<Field> fields, bool isAnswer) =>
        page.Table([what, "type", isAnswer ? "there" : "required", "what it is"], fields.Select(field => (string[])
        [
            Style.Code(field.Name),
            TypeWords.Describe(field.Type, Style),
            field.Required ? isAnswer ? "always" : "yes" : TypeWords.DefaultOf(field) is { } value ? $"no: {Style.Code(value)}" : isAnswer ? "may be absent" : "no",
            Style.Text(field.Description),
        ]));

    private static void WriteExample(MarkdownPage page, Method method, Example example)
    {
        var note = Words.Note(example);
        page.Paragraph($"Example: {Style.Plain(example.Name)}.{(note is null ? "" : " " + Style.Text(note))}");
        foreach (var snippet in Snippets.Of(method, example))
        {
            page.Code(snippet.Fence, snippet.Text);
        }

        page.Code("json", Words.Pretty(example.Result!));
    }
}
