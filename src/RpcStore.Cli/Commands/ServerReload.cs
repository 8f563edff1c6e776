using Microsoft.Extensions.Logging;
using RpcStore.Cli.Configuration;
using RpcStore.Cli.Configuration.Declarations;

namespace RpcStore.Cli.Commands;

/// <summary>
/// Reads the settings again while a server runs, takes over what can be taken over, and says in the log what changed and what
/// needs a restart. Safe to use from any thread.
/// </summary>
/// <param name="sources">Where the settings are from.</param>
/// <param name="configuration">What the server runs with.</param>
/// <param name="levels">How much is logged.</param>
/// <param name="apply">Has the server take over what it can, and read its certificate again.</param>
/// <param name="log">Where changes are told.</param>
internal sealed class ServerReload(
    ConfigurationSources sources, ServeConfiguration configuration, LogLevels levels, Action<ServeConfiguration> apply, ILogger<ServerReload> log)
{
    private readonly Lock gate = new();
    private ServeConfiguration current = configuration;

    /// <summary>Does it. Faults go to the log; then every setting stays as it is, and only the certificate is read again.</summary>
    public void Run()
    {
        lock (gate)
        {
            try
            {
                Take(sources.Read());
            }
            catch (UsageException e)
            {
                log.SettingsKept(e.Message);
            }

            apply(current);
        }
    }

    private void Take(ServeConfiguration next)
    {
        var before = current;
        current = before.With(next, setting => setting.IsReloadable);

        // First, so that what is said about the rest is logged as it is wanted from now on.
        levels.Set(current.Get(RunSettings.LogLevel));
        foreach (var setting in SettingList.All)
        {
            var (old, now) = (before.Find(setting).Text, next.Find(setting).Text);
            if (old == now)
            {
                continue;
            }

            if (setting.IsReloadable)
            {
                log.SettingChanged(setting.Name, old, now);
            }
            else
            {
                log.SettingNeedsRestart(setting.Name, old, now);
            }
        }
    }
}
