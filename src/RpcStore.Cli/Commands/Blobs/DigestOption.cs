using System.CommandLine;
using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary>Which digest new ids are made of.</summary>
internal static class DigestOption
{
    /// <summary>Adds it to a command.</summary>
    public static Option<string> AddTo(Command command)
    {
        var option = new Option<string>("--digest") { Description = "The digest of the ids.", DefaultValueFactory = _ => "sha256" };
        option.AcceptOnlyFromAmong("sha256", "blake2b");
        command.Add(option);
        return option;
    }

    /// <summary>The digest that was chosen.</summary>
    public static DigestFunction Read(this Option<string> option, CommandContext context) =>
        context.Get(option) == "blake2b" ? DigestFunction.Blake2b : DigestFunction.Sha256;
}
