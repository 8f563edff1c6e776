using RpcStore.CodeGen.Bundling;
using RpcStore.CodeGen.Conversations;
using RpcStore.CodeGen.CSharp;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Reference;
using RpcStore.CodeGen.Rust;
using RpcStore.CodeGen.Sources;
using RpcStore.CodeGen.TypeScript;

namespace RpcStore.CodeGen;

/// <summary>Makes everything that is made from the contract.</summary>
public static class Generator
{
    /// <summary>The bundled document, relative to the root of the repository.</summary>
    public const string DocumentPath = "openrpc.json";

    /// <summary>The folders that hold nothing but generated files: what else is found there is out of date.</summary>
    public static IReadOnlyList<string> Folders { get; } =
        [.. CSharpWriter.Folders, .. RustWriter.Folders, .. TypeScriptWriter.Folders, .. ReferenceWriter.Folders];

    /// <summary>Makes all files in memory.</summary>
    /// <param name="source">The authored contract.</param>
    /// <returns>Their texts by their paths, relative to the root of the repository.</returns>
    /// <exception cref="ContractException">Something in the contract is wrong or not supported.</exception>
    public static SortedDictionary<string, string> Generate(ContractSource source)
    {
        Contract contract = ContractReader.Read(source);
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal) { [DocumentPath] = Bundler.Bundle(source, contract) };
        IEnumerable<(string Path, string Text)> written =
            [.. CSharpWriter.Write(contract), .. RustWriter.Write(contract), .. TypeScriptWriter.Write(contract), .. ReferenceWriter.Write(contract)];
        foreach (var (path, text) in written)
        {
            files.Add(path, text);
        }

        return files;
    }

    /// <summary>Makes all files of a repository, and takes away generated files that are not made any more.</summary>
    /// <param name="repository">Its root folder.</param>
    /// <returns>The paths that changed.</returns>
    /// <exception cref="ContractException">
    /// Something in the contract is wrong or not supported, or a conversation does not fit it; nothing was written.
    /// </exception>
    public static IReadOnlyList<string> Run(string repository)
    {
        var source = ContractSource.Load(repository);
        ConversationChecker.CheckAll(ConversationParser.LoadAll(repository), ContractReader.Read(source));
        var files = Generate(source);
        var changed = new List<string>();
        foreach (var (path, text) in files)
        {
            var full = Path.Combine(repository, path);
            if (!File.Exists(full) || File.ReadAllText(full) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
                changed.Add(path);
            }
        }

        foreach (var path in Existing(repository).Where(path => !files.ContainsKey(path)))
        {
            File.Delete(Path.Combine(repository, path));
            changed.Add(path);
        }

        return changed;
    }

    /// <summary>The files in the generated folders of a repository.</summary>
    public static IReadOnlyList<string> Existing(string repository) =>
    [
        .. Folders.Select(folder => Path.Combine(repository, folder))
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            .Select(path => Path.GetRelativePath(repository, path).Replace('\\', '/')),
    ];
}
