using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Access;

/// <summary>A method or a route of the contract.</summary>
/// <param name="Name">As the contract writes it; a route is <c>METHOD PATH</c>.</param>
/// <param name="Access">Who may use it: <c>guest</c>, <c>user</c> or <c>admin</c>.</param>
/// <param name="HasTextErrors">Whether it is a route that tells errors as plain text.</param>
internal sealed record AccessSubject(string Name, string Access, bool HasTextErrors = false);

/// <summary>What the contract at the root of the repository, as it is now, says of who may use what.</summary>
internal static class AccessTable
{
    /// <summary>What stands for a call that is let in.</summary>
    public const string Allowed = "yes";

    /// <summary>Each may do what those before it may.</summary>
    public static readonly IReadOnlyList<string> Roles = ["guest", "user", "admin"];

    /// <summary>The contract.</summary>
    public static JsonNode Document { get; } = JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "openrpc.json")))!;

    public static IReadOnlyList<AccessSubject> Methods { get; } =
        [.. Document["methods"]!.AsArray().Select(method => new AccessSubject((string)method!["name"]!, (string)method["x-access"]!))];

    public static IReadOnlyList<AccessSubject> Routes { get; } =
        [.. Document["x-routes"]!.AsArray().Select(route => new AccessSubject(
            $"{route!["method"]} {route["path"]}", (string)route["access"]!, (string?)route["errors"] == "text"))];

    /// <summary>What a role gets: <see cref="Allowed"/> or the name of the error.</summary>
    public static string Expect(string access, string role)
    {
        var (needed, given) = (Roles.ToList().IndexOf(access), Roles.ToList().IndexOf(role));
        Assert.True(needed >= 0, $"The contract asks for '{access}', which is no role.");
        return given >= needed ? Allowed : given == 0 ? "unauthenticated" : "forbidden";
    }

    /// <summary>The table for people, as <c>spec/access.md</c> has it.</summary>
    public static string Render()
    {
        var table = new StringBuilder();
        table.AppendLine($"| method or route | {string.Join(" | ", Roles)} |").AppendLine("|---|---|---|---|");
        foreach (var (name, access, _) in Methods.Concat(Routes))
        {
            table.AppendLine($"| `{name}` | {string.Join(" | ", Roles.Select(role => Expect(access, role)))} |");
        }

        return table.ToString();
    }
}
