using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>What tools of the OpenRPC project make of the document and of the server that gives it.</summary>
public sealed class CoverageTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Theory]
    [InlineData("examples")]
    [InlineData("generated")]
    public async Task Every_method_answers_open_rpcs_test_coverage_as_the_document_says(string mode)
    {
        var result = await Command.RunAsync("node", [Path.Combine(Repository.Peers, "coverage.mjs"), fixture.Server.Socket, mode]);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        Assert.Matches(@"^[0-9]+ calls of [0-9]+ methods of [0-9]+, 0 wrong: [0-9]+ results", result.Lines[^1]);
    }

    [Fact]
    public async Task Open_rpcs_typings_takes_the_document_in_every_language_that_it_knows()
    {
        using var folder = new TemporaryFolder();
        var result = await Command.ShellAsync(
            $"'{Repository.Peers}/node_modules/.bin/open-rpc-typings' -d openrpc.json --output-ts {folder.Path} --output-rs {folder.Path} --output-go {folder.Path}");
        Assert.Contains("Done!", result.ShouldSucceed().Output, StringComparison.Ordinal);
        Assert.All(["index.ts", "index.rs", "index.go"], name =>
            Assert.Contains("UnorderedSetOfString", File.ReadAllText(folder.File(name)), StringComparison.Ordinal));
    }
}
