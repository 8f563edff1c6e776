using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>The tables of <c>spec/peers.md</c> are those of <c>peers/cases.json</c>, which the clients walk.</summary>
public sealed class PeerTableTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "spec", "peers.md"));

    [Fact]
    public void Every_client_and_every_case_has_its_place_in_the_table() =>
        Assert.Equal(PeerList.Instance.Matrix(), TableUnder("## Clients and cases"));

    [Fact]
    public void What_a_client_cannot_express_is_named_with_its_reason() =>
        Assert.Equal(PeerList.Instance.Reasons(), TableUnder("## What a client cannot express"));

    [Fact]
    public void The_versions_are_those_that_are_installed()
    {
        var installed = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Peers, "package.json")))!["dependencies"]!;
        var rows = TableUnder("## Clients\n").Split('\n');
        Assert.All(PeerList.Instance.Clients, client =>
        {
            var row = Assert.Single(rows, other => other.StartsWith($"| {client.Name} |", StringComparison.Ordinal));
            Assert.EndsWith($"| {client.Carrier} |", row);
            if (client.Package is { } package)
            {
                Assert.Contains($"| `{package}` {installed[package]!.GetValue<string>()} |", row);
            }
        });
    }

    [Fact]
    public void The_list_names_no_need_that_it_does_not_explain()
    {
        var known = PeerList.Instance.Needs.Keys.ToHashSet();
        Assert.All(PeerList.Instance.Cases, one => Assert.Empty(one.Needs.Except(known)));
        Assert.All(PeerList.Instance.Clients, client => Assert.Empty(client.Cannot.Keys.Except(known)));
        Assert.Equal(PeerList.Instance.Cases.Count, PeerList.Instance.Cases.Select(one => one.Name).Distinct().Count());
    }

    /// <summary>The lines of the first table under a heading.</summary>
    private static string TableUnder(string heading)
    {
        var at = Page.IndexOf(heading, StringComparison.Ordinal);
        Assert.True(at >= 0, $"spec/peers.md has no heading {heading}");
        var lines = Page[at..].Split('\n').SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        return string.Concat(lines.Select(line => line + Environment.NewLine));
    }
}
