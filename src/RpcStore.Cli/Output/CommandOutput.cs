using System.Text;

namespace RpcStore.Cli.Output;

/// <summary>What the output is for.</summary>
internal enum OutputFormat
{
    /// <summary>A person at a terminal: tables, sizes in words, summaries.</summary>
    Human,

    /// <summary>A pipe or a file: a line for each thing, columns separated by tabs, exact numbers.</summary>
    Plain,

    /// <summary>One JSON value.</summary>
    Json,
}

/// <summary>Where a command writes: results to standard output, everything else to standard error.</summary>
internal sealed class CommandOutput : IDisposable
{
    private readonly Lazy<StreamWriter> writer;

    /// <summary>Makes an output.</summary>
    /// <param name="format">Whom the results are for.</param>
    /// <param name="raw">Takes them; disposed with this.</param>
    public CommandOutput(OutputFormat format, Stream raw)
    {
        Format = format;
        Raw = raw;
        writer = new(() => new StreamWriter(Raw, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 32 << 10, leaveOpen: true));
    }

    /// <summary>Whom the results are for.</summary>
    public OutputFormat Format { get; }

    /// <summary>Whether nothing but results and errors is wanted.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether a person sees standard error, and may be shown how far something is.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Whether results may be coloured.</summary>
    public bool UsesColour { get; init; }

    /// <summary>Standard output for bytes; not to be mixed with <see cref="Results"/>.</summary>
    public Stream Raw { get; }

    /// <summary>Standard output for text. Buffered; the end of the command flushes it.</summary>
    public TextWriter Results => writer.Value;

    /// <summary>The output of this process.</summary>
    public static CommandOutput OfProcess(bool isJson, bool isQuiet)
    {
        var format = isJson ? OutputFormat.Json : Console.IsOutputRedirected ? OutputFormat.Plain : OutputFormat.Human;
        return new CommandOutput(format, StandardOutput.Open())
        {
            IsQuiet = isQuiet,
            ShowsProgress = !isQuiet && !Console.IsErrorRedirected,
            UsesColour = format == OutputFormat.Human && IsNotSet("NO_COLOR") && Environment.GetEnvironmentVariable("TERM") != "dumb",
        };
    }

    /// <summary>A line for a person about what was done; not a result, so pipes and <c>--quiet</c> do not get it.</summary>
    public void Summary(string line)
    {
        if (Format == OutputFormat.Human && !IsQuiet)
        {
            Results.WriteLine(line);
        }
    }

    /// <summary>A line on standard error that helps a person along; nothing when nobody is there to see it.</summary>
    public void Hint(string line)
    {
        if (ShowsProgress)
        {
            Console.Error.WriteLine(line);
        }
    }

    /// <summary>A line on standard error about something that is wrong.</summary>
    public static void Complain(string message) => Console.Error.WriteLine("rpcstore: " + Text.Printable(message));

    /// <summary>Sends what is buffered on its way.</summary>
    /// <exception cref="OutputClosedException">Nobody reads it any more.</exception>
    public void Flush()
    {
        if (writer.IsValueCreated)
        {
            writer.Value.Flush();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Raw.Dispose();

    // https://no-color.org: set and not empty.
    private static bool IsNotSet(string variable) => string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable));
}
