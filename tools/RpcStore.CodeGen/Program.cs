using System.Text.Json.Nodes;
using RpcStore.CodeGen;
using RpcStore.CodeGen.Compatibility;
using RpcStore.CodeGen.Sources;

switch (args)
{
    case [var repository]:
        return Generate(repository);
    case ["compare", var before, var now]:
        return Compare(before, now);
    default:
        Console.Error.WriteLine("usage: RpcStore.CodeGen REPOSITORY\n       RpcStore.CodeGen compare OLDER-OPENRPC.JSON NEWER-OPENRPC.JSON");
        return 2;
}

static int Generate(string repository)
{
    try
    {
        foreach (var path in Generator.Run(repository))
        {
            Console.WriteLine(path);
        }

        return 0;
    }
    catch (ContractException e)
    {
        Console.Error.WriteLine(e.Message);
        return 1;
    }
}

static int Compare(string before, string now)
{
    var changes = ContractComparer.Compare(Read(before), Read(now));
    foreach (var change in changes)
    {
        Console.WriteLine(change);
    }

    return changes.Count == 0 ? 0 : 1;

    static JsonObject Read(string path) => JsonNode.Parse(File.ReadAllText(path))!.AsObject();
}
