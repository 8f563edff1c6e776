using System.Collections;
using System.CommandLine;
using RpcStore.Cli.Configuration;
using RpcStore.Cli.Configuration.Declarations;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore serve</c>: runs a server until it is asked to stop.</summary>
internal static class ServeCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var options = SettingList.All.ToDictionary(setting => setting, SettingOption.Create);
        var file = new Option<string?>("--config")
        {
            Description = $"A file with settings: a JSON object, comments allowed. Default: ${EnvironmentVariables.ConfigVariable}, or none.",
            HelpName = "FILE",
        };
        var print = new Option<bool>("--print-config") { Description = "Print every setting, its value and where that is from, and start nothing." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = $"The same as {RunSettings.LogLevel.Flag} {RunSettings.DebugLevel}." };
        var command = new Command(
            "serve",
            "Run a server. Ctrl-C stops it when what runs has ended; a second Ctrl-C at once. Each setting may be a flag, an environment "
            + $"variable ({RunSettings.LogLevel.Flag}: {RunSettings.LogLevel.Variable}) or a member of a file (\"{RunSettings.LogLevel.Name}\"); "
            + "the first of them counts.")
        {
            file, print,
        };
        foreach (var option in options.Values)
        {
            command.Options.Add(option);
        }

        command.Options.Add(verbose);
        return command.Runs(context =>
        {
            var sources = new ConfigurationSources
            {
                Flags = ReadFlags(context, options, context.Get(verbose)),
                Environment = ReadEnvironment(),
                File = FindFile(context.Get(file)),
            };
            var configuration = sources.Read();
            if (context.Get(print))
            {
                ConfigurationPrinter.Write(context.Output, configuration);
                return Task.FromResult(ExitCode.Done);
            }

            // Nothing of the server is loaded before this call.
            return ServerRun.RunAsync(context, sources, configuration);
        });
    }

    private static Dictionary<Setting, (string Flag, IReadOnlyList<string> Texts)> ReadFlags(
        CommandContext context, Dictionary<Setting, Option<string[]>> options, bool isVerbose)
    {
        var flags = new Dictionary<Setting, (string, IReadOnlyList<string>)>();
        foreach (var (setting, option) in options)
        {
            if (context.GetTyped(option) is { } texts)
            {
                // A switch may stand alone.
                flags.Add(setting, (setting.Flag, setting.IsSwitch && texts.Count == 0 ? ["true"] : texts));
            }
        }

        return !isVerbose || flags.TryAdd(RunSettings.LogLevel, ("--verbose", [RunSettings.DebugLevel]))
            ? flags
            : throw new UsageException($"--verbose and {RunSettings.LogLevel.Flag} exclude each other");
    }

    private static Dictionary<string, string> ReadEnvironment() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");

    private static string? FindFile(string? typed) =>
        (typed ?? Environment.GetEnvironmentVariable(EnvironmentVariables.ConfigVariable)) is { Length: > 0 } path ? Path.GetFullPath(path)
        : typed is null ? null
        : throw new UsageException("--config takes a path, not ''");
}
