using RpcStore.Cli.Configuration.Declarations;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Flists;
using RpcStore.Core.Journal;
using RpcStore.Server.Configuration;
using RpcStore.Server.Journaling;
using RpcStore.Server.Service;
using RpcStore.Server.Telemetry;

namespace RpcStore.Cli.Configuration;

/// <summary>Settings as the server takes them. Apart from the settings, so that no other command loads the server.</summary>
internal static class ServerOptionsFactory
{
    /// <summary>Makes the options of a server.</summary>
    /// <param name="settings">What it is told.</param>
    /// <param name="inherited">The sockets that a service manager gave it; they take the place of the default endpoints.</param>
    public static ServerOptions Create(ServeConfiguration settings, IReadOnlyList<InheritedSocket> inherited)
    {
        var areEndpointsDefault = settings.Find(EndpointSettings.Listen).Source.Kind == SettingSourceKind.Default;
        return new ServerOptions
        {
            DataDirectory = settings.Get(EndpointSettings.Data)!,
            Listen = inherited.Count > 0 && areEndpointsDefault ? [] : settings.Get(EndpointSettings.Listen),
            Inherited = inherited,
            SocketMode = settings.Get(EndpointSettings.SocketMode),
            Certificate = (settings.Get(EndpointSettings.TlsCertificate), settings.Get(EndpointSettings.TlsKey)) is ({ } certificate, { } key)
                ? new CertificateFiles(certificate, key)
                : null,
            HasSelfSignedCertificate = settings.Get(EndpointSettings.TlsSelfSigned),
            Sessions = new SessionOptions
            {
                IdleTimeout = settings.Get(AccessSettings.SessionIdle),
                Lifetime = settings.Get(AccessSettings.SessionLifetime),
                MaxPerAccount = settings.Get(AccessSettings.SessionsPerAccount),
            },
            Logins = CreateLogins(settings),
            HasOpenBlocks = settings.Get(AccessSettings.OpenBlocks),
            SiteMemory = new SiteMemory
            {
                MaxBlockBytes = settings.Get(SiteSettings.BlockCache),
                MaxCompressedBytes = settings.Get(SiteSettings.CompressedCache),
            },
            JournalScope = ToScope(settings.Get(JournalSettings.Records)),
            Journal = new JournalOptions
            {
                MaxAge = settings.Get(JournalSettings.MaxAge),
                MaxBytes = settings.Get(JournalSettings.MaxBytes),
            },
            Limits = CreateLimits(settings),
            ShutdownGrace = settings.Get(RunSettings.ShutdownGrace),
            Telemetry = new TelemetryOptions
            {
                OtlpEndpoint = settings.Get(TelemetrySettings.OtlpEndpoint),
                OtlpProtocol = settings.Get(TelemetrySettings.OtlpProtocol) == TelemetrySettings.Http ? OtlpProtocol.Http : OtlpProtocol.Grpc,
                Interval = settings.Get(TelemetrySettings.Interval),
            },
        };
    }

    private static LoginOptions CreateLogins(ServeConfiguration settings)
    {
        var usual = new LoginOptions();
        return usual with
        {
            ChallengeLifetime = settings.Get(AccessSettings.ChallengeLifetime),
            FailuresPerAddress = usual.FailuresPerAddress with { Burst = settings.Get(AccessSettings.LoginFailuresPerAddress) },
            FailuresPerKey = usual.FailuresPerKey with { Burst = settings.Get(AccessSettings.LoginFailuresPerKey) },
            ChallengesPerAddress = usual.ChallengesPerAddress with { Burst = settings.Get(AccessSettings.LoginChallengesPerAddress) },
        };
    }

    private static JournalScope ToScope(string word) => word switch
    {
        JournalSettings.Changes => JournalScope.Changes,
        JournalSettings.Actions => JournalScope.Actions,
        JournalSettings.All => JournalScope.All,
        _ => throw new ArgumentOutOfRangeException(nameof(word), word, "Not a word of the setting."),
    };

    private static ServerLimits CreateLimits(ServeConfiguration settings) => new()
    {
        MaxMessageBytes = (int)settings.Get(LimitSettings.MaxMessageBytes),
        MaxMessageDepth = settings.Get(LimitSettings.MaxMessageDepth),
        MaxBatchCalls = settings.Get(LimitSettings.MaxBatchCalls),
        MaxConcurrentCalls = settings.Get(LimitSettings.MaxConcurrentCalls),
        MaxConnections = settings.Get(LimitSettings.MaxConnections),
        ConnectionIdle = settings.Get(LimitSettings.ConnectionIdle),
        Message = settings.Get(LimitSettings.MessageTime),
        MaxInlineBlobBytes = (int)settings.Get(LimitSettings.MaxInlineBlobBytes),
        MaxBlobBytes = settings.Get(LimitSettings.MaxBlobBytes),
        MaxBatchEntries = settings.Get(LimitSettings.MaxBatchEntries),
        MaxBatchBytes = settings.Get(LimitSettings.MaxBatchBytes),
        MaxBlockBytes = (int)settings.Get(LimitSettings.MaxBlockBytes),
        MaxTransfers = settings.Get(LimitSettings.MaxTransfers),
        Transfer = settings.Get(LimitSettings.TransferTime),
        Flists = FlistLimits.Default with
        {
            MaxFlistBytes = settings.Get(LimitSettings.MaxFlistBytes),
            MaxInodes = settings.Get(LimitSettings.MaxFlistInodes),
            MaxFileBytes = settings.Get(LimitSettings.MaxFlistFileBytes),
            MaxArchiveBytes = settings.Get(LimitSettings.MaxArchiveBytes),
        },
    };
}
