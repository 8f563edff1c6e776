using System.CommandLine;
using RpcStore.Cli.Commands;
using RpcStore.Digests;

namespace RpcStore.Cli.Input;

/// <summary>The ids that a command works on: arguments, or lines of standard input when there are none.</summary>
internal sealed class IdArguments
{
    private readonly Argument<string[]> argument = new("ID")
    {
        Description = "Blobs. Without any, or with '-', they are read from standard input, one a line.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?>? file;

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="withFile">Whether a file may be named to read them from.</param>
    public IdArguments(Command command, bool withFile = false)
    {
        command.Add(argument);
        if (withFile)
        {
            file = new("--ids") { Description = "A file to read ids from, one a line; '-' is standard input.", HelpName = "FILE" };
            command.Add(file);
        }
    }

    /// <summary>The ids that a person gave, in order.</summary>
    /// <exception cref="UsageException">One is no id, or arguments and a file were given.</exception>
    public IAsyncEnumerable<BlobId> Read(CommandContext context)
    {
        var arguments = context.Get(argument) ?? [];
        var path = file is null ? null : context.Get(file);
        if (arguments is ["-"])
        {
            (arguments, path) = ([], path ?? "-");
        }

        if (arguments.Length > 0 && path is not null)
        {
            throw new UsageException("ids come as arguments or from a file, not both");
        }

        return arguments.Length > 0 ? IdReader.Parse(arguments).ToAsyncEnumerable()
            : path is null or "-" ? ReadStandardInput(context)
            : ReadFileAsync(path, context.Cancellation);
    }

    private static IAsyncEnumerable<BlobId> ReadStandardInput(CommandContext context)
    {
        if (!Console.IsInputRedirected)
        {
            context.Output.Hint("Reading ids from the keyboard, one a line; Ctrl-D ends them.");
        }

        return IdReader.ReadAsync(Console.OpenStandardInput(), "standard input", context.Cancellation);
    }

    private static async IAsyncEnumerable<BlobId> ReadFileAsync(
        string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        await foreach (var id in IdReader.ReadAsync(file, path, cancellationToken))
        {
            yield return id;
        }
    }
}
