using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RpcStore.CodeGen.Compatibility;

/// <summary>
/// Compares two bundled documents for those who use the older one: what was removed or renamed, what is asked for in addition,
/// what is taken no more, and what is answered that was never answered. Descriptions and examples promise nothing. A member that
/// is added to an answer, a value that is added to an enum of an answer, and an error that is added to a method break nobody:
/// clients pass over what they do not know (spec/changes/README.md).
/// </summary>
public static partial class ContractComparer
{
    private static readonly string[] AccessLevels = ["guest", "user", "admin"];

    /// <summary>Compares documents.</summary>
    /// <param name="before">The older one.</param>
    /// <param name="now">The newer one.</param>
    /// <returns>What breaks clients of the older one, in its order; empty when nothing does.</returns>
    public static IReadOnlyList<BreakingChange> Compare(JsonObject before, JsonObject now)
    {
        var changes = new List<BreakingChange>();
        var schemas = new SchemaComparer(before, now, changes);
        var methods = Named(now["methods"], "name");
        foreach (var (name, method) in Named(before["methods"], "name"))
        {
            if (methods.TryGetValue(name, out var next))
            {
                CompareMethod(name, method, next, schemas, changes);
            }
            else
            {
                changes.Add(new BreakingChange(name, "the method is gone"));
            }
        }

        CompareErrors(before, now, changes);
        CompareRoutes(before, now, changes);
        return changes;
    }

    private static void CompareMethod(string name, JsonObject before, JsonObject now, SchemaComparer schemas, List<BreakingChange> changes)
    {
        CompareAccess(name, before["x-access"], now["x-access"], changes);
        var (old, next) = (before["params"]!.AsArray(), now["params"]!.AsArray());
        var names = next.Select(NameOf).ToList();
        for (var i = 0; i < old.Count; i++)
        {
            var parameter = NameOf(old[i]);
            var subject = $"{name} params.{parameter}";
            var place = names.IndexOf(parameter);
            if (place < 0)
            {
                changes.Add(new BreakingChange(subject, "the parameter is gone"));
                continue;
            }

            if (place != i)
            {
                changes.Add(new BreakingChange(subject, $"by position it is number {place + 1}, and was number {i + 1}"));
            }

            if (IsRequired(next[place]) && !IsRequired(old[i]))
            {
                changes.Add(new BreakingChange(subject, "the parameter must be given, and need not before"));
            }

            schemas.CompareInput(subject, old[i]!["schema"]!, next[place]!["schema"]!);
        }

        var known = old.Select(NameOf).ToHashSet();
        foreach (var added in next.Where(one => IsRequired(one) && !known.Contains(NameOf(one))))
        {
            changes.Add(new BreakingChange($"{name} params.{NameOf(added)}", "the parameter is new and must be given"));
        }

        schemas.CompareOutput($"{name} result", before["result"]!["schema"]!, now["result"]!["schema"]!);
    }

    private static void CompareErrors(JsonObject before, JsonObject now, List<BreakingChange> changes)
    {
        var (old, next) = (before["components"]!["errors"]!.AsObject(), now["components"]!["errors"]!.AsObject());
        foreach (var (name, error) in old)
        {
            if (next[name] is not { } same)
            {
                changes.Add(new BreakingChange($"error {name}", "the error is gone"));
            }
            else if ((int)error!["code"]! != (int)same["code"]!)
            {
                changes.Add(new BreakingChange($"error {name}", $"its code is {same["code"]}, and was {error["code"]}"));
            }
        }
    }

    private static void CompareRoutes(JsonObject before, JsonObject now, List<BreakingChange> changes)
    {
        var routes = now["x-routes"]!.AsArray().ToDictionary(RouteOf, route => route!.AsObject());
        foreach (var route in before["x-routes"]!.AsArray())
        {
            if (routes.TryGetValue(RouteOf(route), out var next))
            {
                CompareAccess(RouteOf(route), route!["access"], next["access"], changes);
            }
            else
            {
                changes.Add(new BreakingChange(RouteOf(route), "the route is gone"));
            }
        }
    }

    private static void CompareAccess(string subject, JsonNode? before, JsonNode? now, List<BreakingChange> changes)
    {
        var (old, next) = ((string?)before ?? "guest", (string?)now ?? "guest");
        if (Array.IndexOf(AccessLevels, next) > Array.IndexOf(AccessLevels, old))
        {
            changes.Add(new BreakingChange(subject, $"it is for {next} only, and was for {old}"));
        }
    }

    private static Dictionary<string, JsonObject> Named(JsonNode? list, string name) =>
        list!.AsArray().ToDictionary(item => (string)item![name]!, item => item!.AsObject());

    private static string NameOf(JsonNode? parameter) => (string)parameter!["name"]!;

    private static bool IsRequired(JsonNode? parameter) => (bool?)parameter!["required"] ?? false;

    // What varies may be called anything; what stands around it is part of the path.
    private static string RouteOf(JsonNode? route) =>
        $"{(string)route!["method"]!} {Variables().Replace((string)route["path"]!, variable => variable.Value.StartsWith("{**", StringComparison.Ordinal) ? "{**}" : "{}")}";

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Variables();
}
