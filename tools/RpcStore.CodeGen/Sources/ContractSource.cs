namespace RpcStore.CodeGen.Sources;

/// <summary>The authored contract: the files of <c>spec/contract</c>, parsed and not yet understood.</summary>
/// <param name="Root">What stands at the top of the bundled document, and the fragments' names.</param>
/// <param name="Errors">The error table and its groups.</param>
/// <param name="Fragments">One a domain, in the order in which they are bundled.</param>
public sealed record ContractSource(SourceNode Root, SourceNode Errors, IReadOnlyList<SourceNode> Fragments)
{
    /// <summary>Where the authored contract stands, relative to the root of the repository.</summary>
    public const string Folder = "spec/contract";

    /// <summary>Reads the files of a repository.</summary>
    /// <param name="repository">Its root folder.</param>
    /// <exception cref="ContractException">A file is not JSON, or the root names a fragment that is not there.</exception>
    public static ContractSource Load(string repository) =>
        Load(file =>
        {
            var path = Path.Combine(repository, file);
            return File.Exists(path) ? File.ReadAllText(path) : null;
        });

    /// <summary>Reads files from wherever they are.</summary>
    /// <param name="read">Gives the text of a file by its path relative to the root of the repository; null when there is none.</param>
    /// <exception cref="ContractException">A file is not JSON, or the root names a fragment that is not there.</exception>
    public static ContractSource Load(Func<string, string?> read)
    {
        var root = Parse("root", read, new Place($"{Folder}/root.json", ""));
        var errors = Parse("errors", read, new Place($"{Folder}/errors.json", ""));
        var fragments = root.Get("x-fragments").Items().Select(name => Parse(name.Text(), read, name.Place)).ToArray();
        return new ContractSource(root, errors, fragments);
    }

    private static SourceNode Parse(string name, Func<string, string?> read, Place namedAt)
    {
        var file = $"{Folder}/{name}.json";
        return SourceNode.Parse(file, read(file) ?? throw new ContractException(namedAt, $"there is no file {file}"));
    }
}
