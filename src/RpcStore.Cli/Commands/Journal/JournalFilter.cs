using System.CommandLine;
using RpcStore.Cli.Input;

namespace RpcStore.Cli.Commands.Journal;

/// <summary>The options that say which entries are meant.</summary>
internal sealed class JournalFilter
{
    private readonly Option<string?> account = new("--account")
    {
        Description = "Only what this account did; 'guest' and 'local' are accounts here.",
        HelpName = "NAME",
    };

    private readonly Option<string?> method = new("--method")
    {
        Description = "Only this method or route, such as blobs.delete or 'PUT /blobs/{id}'.",
        HelpName = "NAME",
    };

    private readonly Option<string?> since = new("--since")
    {
        Description = "Only what was done at this time or later: so long ago, such as 2h or 1d12h, or as RFC 3339.",
        HelpName = "TIME",
    };

    private readonly Option<string?> until = new("--until")
    {
        Description = "Only what was done before this time.",
        HelpName = "TIME",
    };

    /// <summary>Adds them to a command.</summary>
    public JournalFilter(Command command)
    {
        foreach (var option in (Option[])[account, method, since, until])
        {
            command.Add(option);
        }
    }

    /// <summary>What was given.</summary>
    /// <exception cref="UsageException">A time is none.</exception>
    public JournalSelection Read(CommandContext context, DateTimeOffset now) => new(
        context.Get(account),
        context.Get(method),
        context.Get(since) is { } first ? PointInTime.Parse(first, now) : null,
        context.Get(until) is { } last ? PointInTime.Parse(last, now) : null);
}

/// <summary>Which entries are meant; null for any.</summary>
/// <param name="Account">Who did it.</param>
/// <param name="Method">What was done.</param>
/// <param name="Since">From when.</param>
/// <param name="Until">Before when.</param>
internal sealed record JournalSelection(string? Account, string? Method, DateTimeOffset? Since, DateTimeOffset? Until)
{
    /// <summary>How it ended.</summary>
    public string? Outcome { get; init; }
}
