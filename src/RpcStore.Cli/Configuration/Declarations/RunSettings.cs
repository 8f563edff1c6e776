using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>How a server runs: how it stops, what it logs.</summary>
internal static class RunSettings
{
    /// <summary>One JSON object an event.</summary>
    public const string JsonFormat = "json";

    /// <summary>What the store itself has to tell, and warnings of what is under it.</summary>
    public const string InfoLevel = "info";

    /// <summary>More than that; what <c>--verbose</c> means.</summary>
    public const string DebugLevel = "debug";

    /// <summary>How long what runs may go on.</summary>
    public static Setting<TimeSpan> ShutdownGrace { get; } = new(
        "shutdown-grace", new DurationType(TimeSpan.Zero, TimeSpan.FromDays(1)), TimeSpan.FromSeconds(30),
        "How long calls and transfers may go on when the server is asked to stop; then they are cancelled.")
    { IsReloadable = true };

    /// <summary>How much is logged.</summary>
    public static Setting<string> LogLevel { get; } = new(
        "log-level", new ChoiceType("error", "warning", InfoLevel, DebugLevel, "trace"), InfoLevel,
        "The least severe events that are logged, to standard error. The libraries under the store log one level less.")
    { IsReloadable = true };

    /// <summary>What a line of the log is.</summary>
    public static Setting<string> LogFormat { get; } = new(
        "log-format", new ChoiceType("text", JsonFormat), "text",
        "What a line of the log is: text, or a JSON object with timestamp, level, category, message and values.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new("Running and logging", [ShutdownGrace, LogLevel, LogFormat]);
}
