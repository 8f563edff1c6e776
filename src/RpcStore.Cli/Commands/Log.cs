using Microsoft.Extensions.Logging;

namespace RpcStore.Cli.Commands;

/// <summary>What the command logs about the server that it runs.</summary>
internal static partial class Log
{
    [LoggerMessage(301, LogLevel.Information, "{Setting} was '{Before}' and is now '{Now}'.")]
    public static partial void SettingChanged(this ILogger logger, string setting, string before, string now);

    [LoggerMessage(302, LogLevel.Warning, "{Setting} stays '{Before}' until the server is restarted; then it will be '{Next}'.")]
    public static partial void SettingNeedsRestart(this ILogger logger, string setting, string before, string next);

    [LoggerMessage(303, LogLevel.Error, "The settings cannot be read again, so all of them stay as they are: {Reason}")]
    public static partial void SettingsKept(this ILogger logger, string reason);
}
