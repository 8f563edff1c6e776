using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Keys;

namespace RpcStore.Cli.Commands.Keys;

/// <summary><c>rpcstore keys</c>: key files on this machine. No server is needed.</summary>
internal static class KeysCommand
{
    private const string DefaultFile = "id_rpcstore";

    /// <summary>Makes the command.</summary>
    public static Command Create() => new("keys", "Make and show key files to log in with.")
    {
        CreateNew(),
        CreateShow(),
    };

    private static Command CreateNew()
    {
        var file = new Argument<string>("FILE")
        {
            Description = $"Where to write the private key; the public one goes to FILE.pub. Default: {DefaultFile}.",
            DefaultValueFactory = _ => DefaultFile,
        };
        var comment = new Option<string?>("--comment")
        {
            Description = "What the key says about itself. Default: your name and this machine's.",
            HelpName = "TEXT",
        };
        var command = new Command(
            "new", "Make an Ed25519 key in the files of OpenSSH, and print its public line. Existing files are never replaced.")
        {
            file, comment,
        };
        return command.Runs(context => Task.FromResult(Make(
            context.Output, context.Get(file)!, context.Get(comment) ?? $"{Environment.UserName}@{Environment.MachineName}")));
    }

    private static Command CreateShow()
    {
        var file = new Argument<string>("FILE") { Description = "A private or a public key." };
        return new Command("show", "Print a key's public line and fingerprint.") { file }
            .Runs(context => Task.FromResult(Show(context.Output, context.Get(file)!)));
    }

    private static ExitCode Make(CommandOutput output, string file, string comment)
    {
        if (comment.AsSpan().ContainsAnyInRange('\0', '\x1f'))
        {
            throw new UsageException("a comment is one line without control characters");
        }

        var publicFile = KeyFiles.PublicFileOf(file);
        if (File.Exists(publicFile))
        {
            throw new IOException($"{publicFile} exists; choose another name");
        }

        using var key = PrivateKey.Generate(KeyAlgorithm.Ed25519, comment);
        KeyFiles.Create(file, key);
        Print(output, key.PublicKey, comment, withFingerprint: false);
        output.Flush();
        output.Hint($"The private key is in {Text.Printable(file)}: keep it to yourself. An admin needs the line above.");
        return ExitCode.Done;
    }

    private static ExitCode Show(CommandOutput output, string file)
    {
        var (key, comment) = KeyFiles.Read(file);
        Print(output, key, comment, withFingerprint: true);
        return ExitCode.Done;
    }

    private static void Print(CommandOutput output, PublicKey key, string comment, bool withFingerprint)
    {
        var facts = new KeyFacts($"{key.Text} {comment}".TrimEnd(), key.Fingerprint);
        if (output.Format == OutputFormat.Json)
        {
            FactWriter.Write(output, facts, CliJson.Default.KeyFacts, []);
            return;
        }

        output.Results.WriteLine(Text.Printable(facts.PublicKey));
        if (withFingerprint)
        {
            output.Results.WriteLine(facts.Fingerprint);
        }
    }
}
