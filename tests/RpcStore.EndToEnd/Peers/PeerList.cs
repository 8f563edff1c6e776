using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>A client of <c>peers/cases.json</c>.</summary>
/// <param name="Name">What <c>peers/walk.mjs</c> knows it by.</param>
/// <param name="Package">The npm package that it is; null for a program or a client of our own.</param>
/// <param name="Carrier">How it reaches the server.</param>
/// <param name="Cannot">What it cannot do, by the name of the need, and why.</param>
internal sealed record Peer(string Name, string? Package, string Carrier, IReadOnlyDictionary<string, string> Cannot);

/// <summary>A case of <c>peers/cases.json</c>.</summary>
/// <param name="Name">What is tried.</param>
/// <param name="Needs">What a client has to be able to do for it.</param>
internal sealed record PeerCase(string Name, IReadOnlyList<string> Needs);

/// <summary>The one list that every client walks, <c>peers/cases.json</c>, and its tables for people.</summary>
internal sealed class PeerList
{
    private readonly JsonNode document = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Peers, "cases.json")))!;

    public static PeerList Instance { get; } = new();

    /// <summary>What a client may have to be able to do, and what that means.</summary>
    public IReadOnlyDictionary<string, string> Needs => ToTexts(document["needs"]!);

    public IReadOnlyList<Peer> Clients => [.. document["clients"]!.AsArray().Select(client => new Peer(
        client!["name"]!.GetValue<string>(),
        client["package"]?.GetValue<string>(),
        client["carrier"]!.GetValue<string>(),
        ToTexts(client["cannot"]!)))];

    public IReadOnlyList<PeerCase> Cases => [.. document["cases"]!.AsArray().Select(one => new PeerCase(
        one!["name"]!.GetValue<string>(),
        [.. one["needs"]!.AsArray().Select(need => need!.GetValue<string>())]))];

    /// <summary>Clients × cases: <c>yes</c>, or a dash where the client cannot express the case.</summary>
    public string Matrix()
    {
        var table = new StringBuilder();
        table.AppendLine($"| case | {string.Join(" | ", Clients.Select(client => client.Name))} |");
        table.AppendLine($"|---|{string.Concat(Enumerable.Repeat(":-:|", Clients.Count))}");
        foreach (var one in Cases)
        {
            var cells = Clients.Select(client => IsExpressible(client, one) ? "yes" : "—");
            table.AppendLine($"| {one.Name} | {string.Join(" | ", cells)} |");
        }

        return table.ToString();
    }

    /// <summary>Why each dash of <see cref="Matrix"/> is there: a row for every client, need and the cases that want it.</summary>
    public string Reasons()
    {
        var table = new StringBuilder().AppendLine("| client | cannot do | because it | cases |").AppendLine("|---|---|---|---|");
        foreach (var client in Clients)
        {
            foreach (var (need, reason) in client.Cannot)
            {
                var cases = Cases.Where(one => one.Needs.Contains(need)).Select(one => one.Name);
                table.AppendLine($"| {client.Name} | {need} | {reason} | {string.Join("; ", cases)} |");
            }
        }

        return table.ToString();
    }

    /// <summary>Whether a client can do all that a case needs.</summary>
    public static bool IsExpressible(Peer client, PeerCase one) => !one.Needs.Any(client.Cannot.ContainsKey);

    private static Dictionary<string, string> ToTexts(JsonNode node) =>
        node.AsObject().ToDictionary(member => member.Key, member => member.Value!.GetValue<string>());
}
