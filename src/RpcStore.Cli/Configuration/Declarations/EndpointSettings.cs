using RpcStore.Cli.Configuration.Types;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>Where data are, where a server listens, and how it proves who it is.</summary>
internal static class EndpointSettings
{
    /// <summary>The data directory.</summary>
    public static Setting<string?> Data { get; } = new(
        "data", new PathType("DIR"), _ => Path.GetFullPath(Defaults.Current.DataDirectory),
        "$XDG_DATA_HOME/rpcstore or ~/.local/share/rpcstore",
        "The data directory; made when it is missing.");

    /// <summary>Where to listen.</summary>
    public static Setting<EndpointUrl[]> Listen { get; } = new(
        "listen", new EndpointsType(), configuration => ListenFor(configuration.Get(Data)!),
        $"unix:DATA/rpcstore.sock and tcp://127.0.0.1:{Defaults.Port}",
        "Where to listen. Port 0 picks one; overlay://400::/7:9750 is this machine's address there, once it has one; "
        + "unix:PATH?mode=single answers one message a connection.");

    /// <summary>Who may use socket files.</summary>
    public static Setting<UnixFileMode> SocketMode { get; } = new(
        "socket-mode", new ModeType(), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite,
        "The mode of the files of unix: endpoints. Whoever may write one may connect.");

    /// <summary>The certificate.</summary>
    public static Setting<string?> TlsCertificate { get; } = new(
        "tls-certificate", new PathType("FILE"), null,
        "The certificate of tls:// endpoints and those between it and an authority, in PEM. Read again when it changes.");

    /// <summary>The key of the certificate.</summary>
    public static Setting<string?> TlsKey { get; } = new(
        "tls-key", new PathType("FILE"), null, "The private key of the certificate, in PEM and not encrypted. Read again when it changes.");

    /// <summary>Whether the server makes a certificate for itself.</summary>
    public static Setting<bool> TlsSelfSigned { get; } = new(
        "tls-self-signed", new SwitchType(), false,
        "Let tls:// endpoints use a certificate that the server makes for itself, and print what clients need to trust it.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new("Endpoints", [Data, Listen, SocketMode, TlsCertificate, TlsKey, TlsSelfSigned]);

    private static EndpointUrl[] ListenFor(string directory)
    {
        try
        {
            return Defaults.Listen(directory);
        }
        catch (FormatException e)
        {
            throw new FormatException($": {e.Message}", e);
        }
    }
}
