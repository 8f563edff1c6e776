using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.TypeScript;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What the generator makes in TypeScript of a contract that uses everything it supports.</summary>
public sealed class TypeScriptSampleTests
{
    private const string SampleFolder = "clients/typescript/test/sample";

    private static readonly Lazy<IReadOnlyDictionary<string, string>> Made = new(() =>
        TypeScriptWriter.Write(ContractReader.Read(ContractFiles.LoadSample())).ToDictionary(
            file => Path.GetRelativePath(TypeScriptWriter.Folder, file.Path), file => AtHome(file.Text)));

    /// <summary>
    /// The package's own tests compile and call the sample. With RPCSTORE_UPDATE_SAMPLE=1 it is written anew.
    /// </summary>
    [Fact]
    public void The_sample_is_what_the_generator_makes_of_it()
    {
        var folder = Path.Combine(ContractFiles.Repository, SampleFolder);
        if (Environment.GetEnvironmentVariable("RPCSTORE_UPDATE_SAMPLE") == "1")
        {
            Write(folder);
        }

        Assert.Equal(
            Made.Value.Keys.Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path)).Order(StringComparer.Ordinal));
        Assert.All(Made.Value, file => Assert.True(
            File.ReadAllText(Path.Combine(folder, file.Key)) == file.Value,
            $"{SampleFolder}/{file.Key} is out of date. Run this test with RPCSTORE_UPDATE_SAMPLE=1."));
    }

    [Fact]
    public void Integers_are_bigint_exactly_where_the_contract_lets_them_pass_the_safe_range()
    {
        var types = Made.Value["types/sample.ts"];
        Assert.Contains("readonly count: number;", types, StringComparison.Ordinal);
        Assert.Contains("readonly amount: bigint;", types, StringComparison.Ordinal);
        Assert.Contains("readonly any?: number | bigint | undefined;", Made.Value["clients/sample.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public void Enums_stay_open_in_what_a_server_sends_and_closed_in_what_callers_give()
    {
        Assert.Contains("export type Color = KnownColor | UnknownValue;", Made.Value["types/sample.ts"], StringComparison.Ordinal);
        Assert.Contains("readonly color?: KnownColor | undefined;", Made.Value["clients/sample.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_may_be_absent_is_told_apart_in_types_and_shapes()
    {
        Assert.Contains("readonly note?: string;", Made.Value["types/sample.ts"], StringComparison.Ordinal);
        Assert.Contains("\"note?\": \"text\",", Made.Value["shapes.ts"], StringComparison.Ordinal);
        Assert.Contains("amount: \"bigint\",", Made.Value["shapes.ts"], StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_TSDoc_would_take_for_its_own_is_escaped() =>
        Assert.Contains("With `code`, \\<angles\\> & ampersands", Made.Value["clients/sample.ts"], StringComparison.Ordinal);

    /// <summary>The sample stands elsewhere than the contract's own files, and uses the same runtime.</summary>
    private static string AtHome(string text) => text
        .Replace("\"../../calls/", "\"../../../src/calls/", StringComparison.Ordinal)
        .Replace("\"../calls/", "\"../../src/calls/", StringComparison.Ordinal);

    private static void Write(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var (name, text) in Made.Value)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }
    }
}
