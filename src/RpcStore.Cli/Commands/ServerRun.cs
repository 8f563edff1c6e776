using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RpcStore.Server;
using RpcStore.Server.Configuration;
using RpcStore.Server.Service;

namespace RpcStore.Cli.Commands;

/// <summary>The life of a server. Apart from the command, so that no other command loads what a server is made of.</summary>
internal static class ServerRun
{
    private const string ReadyStatus = "Listening.";

    /// <summary>Starts a server, says where it is, and stops it when the person wants.</summary>
    public static async Task<ExitCode> RunAsync(CommandContext context, ServeSettings settings)
    {
        await using var server = await RpcStoreServer.StartAsync(
            ToOptions(settings), logging => Configure(logging, settings.Log), context.Cancellation);
        context.Output.Results.Write(StartUpText.Write(
            server.DataDirectory,
            server.ServerId,
            server.Endpoints,
            settings.Tls.IsSelfSigned ? server.CertificateFingerprint : null,
            Defaults.Current));
        context.Output.Flush();

        using var reload = ReloadOnHangUp(server);
        ServiceManager.Current.Ready(ReadyStatus);

        await WaitAsync(context.Cancellation);
        ServiceManager.Current.Stopping();
        context.Output.Hint("Stopping: what runs is ended first. Ctrl-C stops at once.");
        var hurry = context.AskForHurry();
        await server.StopAsync(hurry);
        return hurry.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;
    }

    /// <summary>
    /// The signal by which a service manager asks for a reload. A terminal that is closed sends it as well: a server that was
    /// started there ends with it, as every other program does.
    /// </summary>
    private static PosixSignalRegistration? ReloadOnHangUp(RpcStoreServer server) =>
        !Console.IsInputRedirected ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ServiceManager.Current.Reloading();
            server.Reload();
            ServiceManager.Current.Ready(ReadyStatus);
        });

    private static ServerOptions ToOptions(ServeSettings settings)
    {
        var inherited = InheritedSocket.Find(Environment.GetEnvironmentVariable, Environment.ProcessId);
        return new ServerOptions
        {
            DataDirectory = settings.Directory,
            Listen = inherited.Count > 0 && settings.AreEndpointsDefault ? [] : settings.Endpoints,
            Inherited = inherited,
            Certificate = settings.Tls is { Certificate: { } certificate, Key: { } key } ? new CertificateFiles(certificate, key) : null,
            HasSelfSignedCertificate = settings.Tls.IsSelfSigned,
        };
    }

    private static Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopping.SetResult);
        return stopping.Task;
    }

    private static void Configure(ILoggingBuilder logging, LogSettings settings)
    {
        logging.SetMinimumLevel(settings.IsVerbose ? LogLevel.Information : LogLevel.Warning);

        // What the store itself has to tell is little, and meant for whoever runs it.
        logging.AddFilter("RpcStore", LogLevel.Information);

        // Why a server does not start is told in one line, by the command.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        const string Timestamp = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
        if (settings.IsJson)
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
