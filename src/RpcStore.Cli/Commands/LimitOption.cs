using System.CommandLine;
using System.Globalization;

namespace RpcStore.Cli.Commands;

/// <summary>The option that says how much is wanted at the most.</summary>
internal static class LimitOption
{
    /// <summary>Makes the option: a number from 1.</summary>
    /// <param name="description">What is counted, and what holds without it.</param>
    public static Option<long?> Create(string description)
    {
        var limit = new Option<long?>("--limit") { Description = description, HelpName = "N" };
        limit.Validators.Add(result =>
        {
            // Read here from the text: the value itself cannot be asked for while it may be no number.
            if (result.Tokens is [var token, ..]
                && (!long.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1))
            {
                result.AddError("--limit takes a number from 1");
            }
        });
        return limit;
    }
}
