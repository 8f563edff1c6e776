using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>
/// Writes the contract for people: a page of Markdown, what the server's page shows, and the examples of both as files that
/// the tests of each language compile.
/// </summary>
public static class ReferenceWriter
{
    private const string PageFolder = "src/RpcStore.Server/Web/Reference/Generated";

    /// <summary>The folders that hold nothing but what is written here.</summary>
    public static IReadOnlyList<string> Folders { get; } = [PageFolder];

    /// <summary>Writes all files.</summary>
    /// <returns>Their texts by their paths, relative to the root of the repository.</returns>
    public static IEnumerable<(string Path, string Text)> Write(Contract contract) =>
    [
        ("spec/reference.md", MarkdownWriter.Write(contract)),
        ($"{PageFolder}/navigation.html", HtmlWriter.WriteNavigation(contract)),
        ($"{PageFolder}/content.html", HtmlWriter.WriteContent(contract)),
        (CSharp.ExampleWriter.Path, CSharp.ExampleWriter.Write(contract)),
        (TypeScript.ExampleWriter.Path, TypeScript.ExampleWriter.Write(contract)),
        (Rust.ExampleWriter.Path, Rust.ExampleWriter.Write(contract)),
    ];
}
