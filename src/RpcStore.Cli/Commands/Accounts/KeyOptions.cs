using System.CommandLine;
using RpcStore.Keys;

namespace RpcStore.Cli.Commands.Accounts;

/// <summary>The options that give a public key: as text, or in a file.</summary>
internal sealed class KeyOptions
{
    private readonly Option<string?> key = new("--key")
    {
        Description = "The public key: an OpenSSH line, PEM, or the base64 of a raw Ed25519 key.",
        HelpName = "TEXT",
    };

    private readonly Option<string?> file = new("--key-file")
    {
        Description = "A file with the public key, such as ~/.ssh/id_ed25519.pub.",
        HelpName = "FILE",
    };

    private readonly Option<string?> label = new("--label")
    {
        Description = "What to call the key. Default: the comment of an OpenSSH line.",
        HelpName = "TEXT",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isRequired">Whether there must be a key.</param>
    public KeyOptions(Command command, bool isRequired)
    {
        command.Add(key);
        command.Add(file);
        command.Add(label);
        command.Validators.Add(result =>
        {
            var given = (result.GetValue(key) is null ? 0 : 1) + (result.GetValue(file) is null ? 0 : 1);
            if (given > 1)
            {
                result.AddError("--key and --key-file exclude one another");
            }
            else if (given == 0 && isRequired)
            {
                result.AddError("the key is missing: give --key or --key-file");
            }
            else if (given == 0 && result.GetValue(label) is not null)
            {
                result.AddError("--label is for a key: give --key or --key-file too");
            }
        });
    }

    /// <summary>What to call the key; null for what the key itself says.</summary>
    public string? ReadLabel(CommandContext context) => context.Get(label);

    /// <summary>The key as it was given; null when it was not.</summary>
    /// <exception cref="UsageException">It is no public key. Nothing was sent: it may be a private one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public string? ReadKey(CommandContext context)
    {
        var text = context.Get(file) is { } path ? ReadStart(path) : context.Get(key);
        if (text is null)
        {
            return null;
        }

        try
        {
            PublicKey.Parse(text);
            return text.Trim();
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    /// <summary>As much of a file as tells whether it is a key.</summary>
    private static string ReadStart(string path)
    {
        using var reader = File.OpenText(path);
        var text = new char[PublicKey.MaxTextLength + 1];
        return new string(text, 0, reader.ReadBlock(text));
    }
}
