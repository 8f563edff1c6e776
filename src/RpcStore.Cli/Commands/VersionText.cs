using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace RpcStore.Cli.Commands;

/// <summary>The version, as semver.org writes it.</summary>
internal sealed class VersionText : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        var version = typeof(VersionText).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine($"rpcstore {version}");
        return (int)ExitCode.Done;
    }
}
