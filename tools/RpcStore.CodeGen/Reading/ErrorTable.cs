using System.Collections.Immutable;
using RpcStore.CodeGen.Model;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Reading;

/// <summary>The errors of the contract, and the groups that methods name together.</summary>
internal sealed class ErrorTable
{
    private readonly Dictionary<string, string[]> groups = [];

    private ErrorTable(ImmutableArray<ContractError> all) => All = all;

    /// <summary>The errors in the order of the table.</summary>
    public ImmutableArray<ContractError> All { get; }

    /// <summary>Reads <c>errors.json</c>.</summary>
    public static ErrorTable Read(SourceNode node, SchemaReader schemas)
    {
        node.AllowOnly("errors", "groups", "data");
        var data = node.Get("data").Members()
            .ToDictionary(member => member.Name, member => schemas.ReadField(member.Name, false, member.Node, "error", null));
        var table = new ErrorTable([.. node.Get("errors").Members().Select(member => ReadError(member.Name, member.Node, data))]);
        if (table.All.GroupBy(error => error.Code).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw node.Get("errors").Refuse($"two errors have the code {twice.Key}");
        }

        foreach (var (name, group) in node.Get("groups").Members())
        {
            table.groups.Add(name, [.. group.Items().Select(item => table.Known(item).Name)]);
            if (table.All.Any(error => error.Name == name))
            {
                throw group.Refuse($"\"{name}\" is an error and a group");
            }
        }

        return table;
    }

    /// <summary>The errors that a method lists, groups resolved, in the order of the table.</summary>
    /// <param name="names">Names of errors and groups.</param>
    /// <param name="hasParameters">Whether the method can be called with wrong parameters.</param>
    public ImmutableArray<ContractError> Resolve(SourceNode names, bool hasParameters)
    {
        var raised = names.Items()
            .SelectMany(item => groups.TryGetValue(item.Text(), out var group) ? group : [Known(item).Name])
            .Concat(hasParameters ? ["invalidParams"] : [])
            .ToHashSet();
        return [.. All.Where(error => raised.Contains(error.Name))];
    }

    private static ContractError ReadError(string name, SourceNode node, Dictionary<string, Field> data)
    {
        node.AllowOnly("code", "message", "x-http-status", "x-retry", "x-when", "x-data");
        var fields = node.Get("x-data").Items()
            .Select(item => data.TryGetValue(item.Text(), out var field) ? field : throw item.Refuse($"there is no \"{item.Text()}\" under \"data\""))
            .ToImmutableArray();
        return node.Get("x-retry").Text() is "yes" or "no" or "maybe"
            ? new ContractError(
                name, (int)node.Get("code").Integer(), node.Get("message").Text(), (int)node.Get("x-http-status").Integer(),
                node.Get("x-retry").Text(), node.Get("x-when").Text(), fields)
            : throw node.Get("x-retry").Refuse("must be yes, no or maybe");
    }

    private ContractError Known(SourceNode name) =>
        All.FirstOrDefault(error => error.Name == name.Text()) ?? throw name.Refuse($"there is no error or group \"{name.Text()}\"");
}
