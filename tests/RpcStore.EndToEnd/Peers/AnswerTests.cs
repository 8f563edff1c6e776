using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>
/// Odd messages, answered by this server and by others' implementations of JSON-RPC 2.0 (<c>peers/answers</c>,
/// <c>spec/json-rpc-answers.md</c>).
/// </summary>
public sealed class AnswerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly string Folder = Path.Combine(Repository.Peers, "answers");

    [Fact]
    public async Task They_are_the_same_or_the_difference_is_listed_with_its_reason()
    {
        var result = await Command.RunAsync("node", [Path.Combine(Folder, "compare.mjs"), fixture.Socket]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }

    [Fact]
    public async Task The_tables_for_people_are_those_that_are_compared()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "spec", "json-rpc-answers.md"));
        var tables = (await Command.RunAsync("node", [Path.Combine(Folder, "tables.mjs")])).ShouldSucceed().Output;
        foreach (var table in tables.TrimEnd().Split("\n\n"))
        {
            Assert.Contains($"\n\n{table}\n", page);
        }

        var installed = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Peers, "package.json")))!["dependencies"]!;
        foreach (var package in (string[])["jayson", "vscode-jsonrpc"])
        {
            Assert.Contains($"| `{package}` {installed[package]} |", page);
        }
    }

    [Fact]
    public async Task Every_reason_names_the_section_that_decides()
    {
        var differences = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, "differences.json")))!;
        Assert.All(differences["reasons"]!.AsObject(), reason =>
        {
            Assert.Matches("^[1-8](\\.[12])?$", (string)reason.Value!["section"]!);
            Assert.Contains((string)reason.Value["right"]!, (string[])["this server", "both"]);
            Assert.NotEqual("", (string)reason.Value["text"]!);
        });
    }
}
