using Microsoft.Extensions.Logging;
using RpcStore.Contract.Connections;
using RpcStore.Server;
using RpcStore.Server.Configuration;

namespace RpcStore.Cli.Commands;

/// <summary>The life of a server. Apart from the command, so that no other command loads what a server is made of.</summary>
internal static class ServerRun
{
    /// <summary>Starts a server, says where it is, and stops it when the person wants.</summary>
    public static async Task<ExitCode> RunAsync(
        CommandContext context, string directory, EndpointUrl[] endpoints, TimeSpan shutdownGrace, bool isVerbose)
    {
        var options = new ServerOptions { DataDirectory = directory, Listen = endpoints, ShutdownGrace = shutdownGrace };
        await using var server = await RpcStoreServer.StartAsync(options, logging => Configure(logging, isVerbose), context.Cancellation);
        context.Output.Results.Write(StartUpText.Write(server.DataDirectory, server.ServerId, server.Endpoints, Defaults.Current));
        context.Output.Flush();

        await WaitAsync(context.Cancellation);
        context.Output.Hint("Stopping: what runs is ended first. Ctrl-C stops at once.");
        var hurry = context.AskForHurry();
        await server.StopAsync(hurry);
        return hurry.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    private static Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopping.SetResult);
        return stopping.Task;
    }

    private static void Configure(ILoggingBuilder logging, bool isVerbose)
    {
        logging.SetMinimumLevel(isVerbose ? LogLevel.Information : LogLevel.Warning);

        // Why a server does not start is told in one line, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }
}
