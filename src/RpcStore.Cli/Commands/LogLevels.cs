using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace RpcStore.Cli.Commands;

/// <summary>How much is logged now: the filters of every logger factory that was told of it, which follow a change.</summary>
internal sealed class LogLevels : IConfigureOptions<LoggerFilterOptions>, IOptionsChangeTokenSource<LoggerFilterOptions>, IDisposable
{
    private readonly Lock gate = new();
    private CancellationTokenSource changed = new();
    private volatile string word;

    /// <summary>Begins with a level.</summary>
    /// <param name="word">A word of the setting <c>log-level</c>.</param>
    public LogLevels(string word) => this.word = word;

    /// <inheritdoc/>
    public string Name => Options.DefaultName;

    /// <summary>Logs another level from now on.</summary>
    public void Set(string level)
    {
        CancellationTokenSource before;
        lock (gate)
        {
            word = level;
            before = changed;
            changed = new CancellationTokenSource();
        }

        before.Cancel();
        before.Dispose();
    }

    /// <inheritdoc/>
    public IChangeToken GetChangeToken()
    {
        lock (gate)
        {
            return new CancellationChangeToken(changed.Token);
        }
    }

    /// <inheritdoc/>
    public void Configure(LoggerFilterOptions options)
    {
        // What the store itself has to tell is little, and meant for whoever runs it.
        var (store, libraries) = word switch
        {
            "error" => (LogLevel.Error, LogLevel.Error),
            "warning" => (LogLevel.Warning, LogLevel.Warning),
            "info" => (LogLevel.Information, LogLevel.Warning),
            "debug" => (LogLevel.Debug, LogLevel.Information),
            "trace" => (LogLevel.Trace, LogLevel.Debug),
            _ => throw new InvalidOperationException($"'{word}' is no level."),
        };
        options.MinLevel = libraries;
        options.Rules.Add(new LoggerFilterRule(providerName: null, "RpcStore", store, filter: null));

        // Why a server does not start is told in one line, by the command.
        options.Rules.Add(new LoggerFilterRule(providerName: null, "Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None, filter: null));
    }

    /// <inheritdoc/>
    public void Dispose() => changed.Dispose();
}
