using RpcStore.CodeGen.Model;

namespace RpcStore.CodeGen.Reference;

/// <summary>The languages that every example is shown in.</summary>
internal static class Snippets
{
    /// <summary>How each begins: what stands for the server in the examples.</summary>
    public static IReadOnlyList<Snippet> Opening { get; } =
    [
        new("rpcstore", "rpcstore", "sh", ShellExample.CommandOpening),
        new("curl", "curl", "sh", ShellExample.CurlOpening),
        new("csharp", "C#", "csharp", CSharp.ExampleWriter.Opening),
        new("typescript", "TypeScript", "typescript", TypeScript.ExampleWriter.Opening),
        new("rust", "Rust", "rust", Rust.ExampleWriter.Opening),
    ];

    /// <summary>An example in each language.</summary>
    public static IReadOnlyList<Snippet> Of(Method method, Example example) =>
        [.. Opening.Select(opening => opening with { Text = Write(opening.Key, method, example) })];

    private static string Write(string language, Method method, Example example) => language switch
    {
        "rpcstore" => ShellExample.Command(method.Name, example.Parameters),
        "curl" => ShellExample.Curl(method.Name, example.Parameters),
        "csharp" => Join(CSharp.ExampleWriter.Lines(method, example)),
        "typescript" => Join(TypeScript.ExampleWriter.Lines(method, example)),
        _ => Join(Rust.ExampleWriter.Lines(method, example)),
    };

    private static string Join(IEnumerable<string> lines) => string.Join('\n', lines);
}
