using RpcStore.Contract.Connections;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Journal;
using RpcStore.Server.Journaling;
using RpcStore.Server.Service;
using RpcStore.Server.Telemetry;

namespace RpcStore.Server.Configuration;

/// <summary>All that a server is told from outside. Immutable.</summary>
public sealed record ServerOptions
{
    /// <summary>The data directory; made when it is missing.</summary>
    public required string DataDirectory { get; init; }

    /// <summary>Where to listen; at least one, unless there are <see cref="Inherited"/> ones.</summary>
    public required IReadOnlyList<EndpointUrl> Listen { get; init; }

    /// <summary>Sockets that listen already, which the server serves too.</summary>
    public IReadOnlyList<InheritedSocket> Inherited { get; init; } = [];

    /// <summary>The certificate of <c>tls://</c> endpoints, read again when it changes; null for none.</summary>
    public CertificateFiles? Certificate { get; init; }

    /// <summary>
    /// Whether <c>tls://</c> endpoints use a certificate that the server makes for itself and keeps in the data directory,
    /// where <see cref="Certificate"/> names none.
    /// </summary>
    public bool HasSelfSignedCertificate { get; init; }

    /// <summary>The limits.</summary>
    public ServerLimits Limits { get; init; } = ServerLimits.Default;

    /// <summary>The mode of socket files.</summary>
    public UnixFileMode SocketMode { get; init; } =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>What the journal records.</summary>
    public JournalScope JournalScope { get; init; } = JournalScope.Actions;

    /// <summary>How much the journal keeps.</summary>
    public JournalOptions Journal { get; init; } = new();

    /// <summary>How long sessions last.</summary>
    public SessionOptions Sessions { get; init; } = new();

    /// <summary>How often somebody may try to log in.</summary>
    public LoginOptions Logins { get; init; } = new();

    /// <summary>Whether guests read every block whose id they know.</summary>
    public bool HasOpenBlocks { get; init; }

    /// <summary>How much memory serving sites may take.</summary>
    public SiteMemory SiteMemory { get; init; } = new();

    /// <summary>Where metrics and traces are sent.</summary>
    public TelemetryOptions Telemetry { get; init; } = new();

    /// <summary>How long calls and transfers that run may go on when the server is asked to stop.</summary>
    public TimeSpan ShutdownGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>These options with what a server that runs takes over from others.</summary>
    /// <param name="next">The others.</param>
    public ServerOptions Reload(ServerOptions next) => this with
    {
        Limits = Limits with { MaxConnections = next.Limits.MaxConnections, MaxTransfers = next.Limits.MaxTransfers },
        Journal = Journal with { MaxAge = next.Journal.MaxAge, MaxBytes = next.Journal.MaxBytes },
        ShutdownGrace = next.ShutdownGrace,
    };
}
