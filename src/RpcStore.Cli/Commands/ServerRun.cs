using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using RpcStore.Cli.Configuration;
using RpcStore.Cli.Configuration.Declarations;
using RpcStore.Server;
using RpcStore.Server.Service;

namespace RpcStore.Cli.Commands;

/// <summary>The life of a server. Apart from the command, so that no other command loads what a server is made of.</summary>
internal static class ServerRun
{
    private const string ReadyStatus = "Listening.";

    /// <summary>Starts a server, says where it is, and stops it when the person wants.</summary>
    /// <param name="context">The command.</param>
    /// <param name="sources">What to read again when the server is asked to reload.</param>
    /// <param name="configuration">What they say now.</param>
    public static async Task<ExitCode> RunAsync(CommandContext context, ConfigurationSources sources, ServeConfiguration configuration)
    {
        using var levels = new LogLevels(configuration.Get(RunSettings.LogLevel));
        var isJson = configuration.Get(RunSettings.LogFormat) == RunSettings.JsonFormat;
        using var log = LoggerFactory.Create(Configure);
        var inherited = InheritedSocket.Find(Environment.GetEnvironmentVariable, Environment.ProcessId);
        await using var server = await RpcStoreServer.StartAsync(
            ServerOptionsFactory.Create(configuration, inherited), Configure, context.Cancellation);

        // Before anybody is told that it runs: until then the signal would end it.
        var reload = new ServerReload(
            sources,
            configuration,
            levels,
            settings => server.Reload(ServerOptionsFactory.Create(settings, inherited)),
            log.CreateLogger<ServerReload>());
        using var hangUp = RunOnHangUp(reload);

        context.Output.Results.Write(StartUpText.Write(
            server.DataDirectory,
            server.ServerId,
            server.Endpoints,
            configuration.Get(EndpointSettings.TlsSelfSigned) ? server.CertificateFingerprint : null,
            Defaults.Current));
        context.Output.Flush();
        ServiceManager.Current.Ready(ReadyStatus);

        await WaitAsync(context.Cancellation);
        ServiceManager.Current.Stopping();
        context.Output.Hint("Stopping: what runs is ended first. Ctrl-C stops at once.");
        var hurry = context.AskForHurry();
        await server.StopAsync(hurry);
        return hurry.IsCancellationRequested ? ExitCode.Interrupted : ExitCode.Done;

        void Configure(ILoggingBuilder logging) => LogOutput.Add(logging, levels, isJson);
    }

    /// <summary>
    /// The signal by which a service manager asks for a reload. A terminal that is closed sends it as well: a server that was
    /// started there ends with it, as every other program does.
    /// </summary>
    private static PosixSignalRegistration? RunOnHangUp(ServerReload reload) =>
        !Console.IsInputRedirected ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true;
            ServiceManager.Current.Reloading();
            reload.Run();
            ServiceManager.Current.Ready(ReadyStatus);
        });

    private static Task WaitAsync(CancellationToken cancellationToken)
    {
        var stopping = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(stopping.SetResult);
        return stopping.Task;
    }
}
