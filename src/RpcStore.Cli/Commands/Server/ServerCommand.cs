using System.CommandLine;
using System.Text.Json;
using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Server;

/// <summary><c>rpcstore server</c>: what the server is and how it is.</summary>
internal static class ServerCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create() => new("server", "Tell what the server is and how it is.")
    {
        new Command("info", "Print its version, endpoints and limits.").Runs(InfoAsync),
        new Command("status", "Print its figures of the moment.").Runs(StatusAsync),
    };

    private static async Task<ExitCode> InfoAsync(CommandContext context)
    {
        var info = await context.Client.Server.InfoAsync(context.Cancellation);
        FactWriter.Write(context.Output, info, ContractJson.Default.ServerInfo, FactsOf(info));
        return ExitCode.Done;
    }

    private static async Task<ExitCode> StatusAsync(CommandContext context)
    {
        var status = await context.Client.Server.StatusAsync(context.Cancellation);
        FactWriter.Write(context.Output, status, ContractJson.Default.ServerStatus, FactsOf(status));
        return ExitCode.Done;
    }

    private static IEnumerable<Fact> FactsOf(ServerInfo info) =>
    [
        new("name", info.Name),
        new("version", info.Version),
        new("serverId", info.ServerId),
        .. info.DigestFunctions.Select(function => new Fact("digestFunction", function.ToString().ToLowerInvariant())),
        .. info.Endpoints.Select(endpoint => new Fact("endpoint", endpoint)),

        // As the contract lists them: a limit that is added there needs nothing here.
        .. JsonSerializer.SerializeToElement(info.Limits, ContractJson.Default.Limits).EnumerateObject().Select(limit =>
            new Fact(limit.Name, limit.Value.GetRawText(), HumanLimit(limit.Name, limit.Value.GetInt64()))),
    ];

    private static IEnumerable<Fact> FactsOf(ServerStatus status) =>
    [
        new("uptimeSeconds", Text.Number(status.UptimeSeconds), Text.Duration(TimeSpan.FromSeconds(status.UptimeSeconds))),
        new("connections", Text.Number(status.Connections), Text.Count(status.Connections)),
        new("blobs", Text.Number(status.Blobs), Text.Count(status.Blobs)),
        new("blobBytes", Text.Number(status.BlobBytes), Text.Size(status.BlobBytes)),
        new("freeBytes", Text.Number(status.FreeBytes), Text.Size(status.FreeBytes)),
        new("runningTransfers", Text.Number(status.RunningTransfers), Text.Count(status.RunningTransfers)),
    ];

    private static string HumanLimit(string name, long value) =>
        name.EndsWith("Bytes", StringComparison.Ordinal) ? Text.Size(value)
        : name.EndsWith("Seconds", StringComparison.Ordinal) ? Text.Duration(TimeSpan.FromSeconds(value))
        : Text.Count(value);
}
