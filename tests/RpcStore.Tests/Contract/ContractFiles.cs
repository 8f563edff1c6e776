using RpcStore.CodeGen.Sources;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>The authored files of the contract, and of a sample that uses everything that the generator supports.</summary>
internal static class ContractFiles
{
    public const string SampleFolder = "tests/RpcStore.Tests/Contract/Sample";

    public static string Repository { get; } = FindRepository();

    public static ContractSource Load() => ContractSource.Load(Repository);

    /// <summary>The sample, in place of the files of spec/contract.</summary>
    public static ContractSource LoadSample() => ContractSource.Load(ReadSample);

    /// <summary>The sample with a piece of text replaced: what a mistake in the authored files looks like.</summary>
    public static ContractSource LoadSample(string file, string old, string replacement) => ContractSource.Load(path =>
    {
        var text = ReadSample(path);
        if (Path.GetFileName(path) != file || text is null)
        {
            return text;
        }

        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return text[..at] + replacement + text[(at + old.Length)..];
    });

    private static string? ReadSample(string path)
    {
        var full = Path.Combine(Repository, SampleFolder, Path.GetFileName(path));
        return File.Exists(full) ? File.ReadAllText(full) : null;
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RpcStore.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
