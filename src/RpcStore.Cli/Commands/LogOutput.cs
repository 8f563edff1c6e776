using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace RpcStore.Cli.Commands;

/// <summary>Where the log goes: one line an event, to standard error.</summary>
internal static class LogOutput
{
    private const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Adds it.</summary>
    /// <param name="logging">What to add it to.</param>
    /// <param name="levels">How much is logged.</param>
    /// <param name="isJson">Whether a line is a JSON object.</param>
    public static void Add(ILoggingBuilder logging, LogLevels levels, bool isJson)
    {
        logging.Services.AddSingleton<IConfigureOptions<LoggerFilterOptions>>(levels);
        logging.Services.AddSingleton<IOptionsChangeTokenSource<LoggerFilterOptions>>(levels);
        if (isJson)
        {
            logging.AddJsonConsole(console =>
            {
                console.TimestampFormat = Timestamp;
                console.UseUtcTimestamp = true;
            });
        }
        else
        {
            logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = Timestamp + " ";
                console.UseUtcTimestamp = true;
            });
        }

        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
