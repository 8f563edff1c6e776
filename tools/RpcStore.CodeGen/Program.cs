using RpcStore.CodeGen;
using RpcStore.CodeGen.Sources;

if (args.Length != 1)
{
    Console.Error.WriteLine("usage: RpcStore.CodeGen REPOSITORY");
    return 2;
}

try
{
    foreach (var path in Generator.Run(args[0]))
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
