using RpcStore.Contract.Connections;

namespace RpcStore.Cli;

/// <summary>
/// Where data are and where the server is when nobody says: in one place, so that <c>serve</c> and the other commands agree.
/// </summary>
/// <param name="environment">Looks up environment variables; null or empty when one is not set.</param>
internal sealed class Defaults(Func<string, string?> environment)
{
    /// <summary>The environment variable that names the data directory.</summary>
    public const string DataVariable = "RPCSTORE_DATA";

    /// <summary>The environment variable that names the server.</summary>
    public const string ServerVariable = "RPCSTORE_SERVER";

    /// <summary>The TCP port: for clients that want HTTP or WebSocket, and for other machines that are let in.</summary>
    public const int Port = 9750;

    private const string SocketName = "rpcstore.sock";

    /// <summary>The defaults of this process.</summary>
    public static Defaults Current { get; } = new(Environment.GetEnvironmentVariable);

    /// <summary>The data directory: <c>$RPCSTORE_DATA</c>, or a folder where the XDG base directory specification wants data.</summary>
    public string DataDirectory =>
        Look(DataVariable)
        ?? (Look("XDG_DATA_HOME") is { } shared ? Path.Join(shared, "rpcstore") : null)
        ?? Path.Join(Look("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/share/rpcstore");

    /// <summary>Where sessions are kept: a folder where the XDG base directory specification wants state.</summary>
    public string StateDirectory =>
        (Look("XDG_STATE_HOME") is { } shared ? Path.Join(shared, "rpcstore") : null)
        ?? Path.Join(Look("HOME") ?? Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local/state/rpcstore");

    /// <summary>The server that commands talk to: <c>$RPCSTORE_SERVER</c>, or the socket of a server with the default data.</summary>
    /// <exception cref="FormatException">The variable is no endpoint, or the socket's path is too long for the system.</exception>
    public EndpointUrl Server => Look(ServerVariable) is { } server ? EndpointUrl.Parse(server) : LocalSocket(DataDirectory);

    /// <summary>Where a server with these data listens.</summary>
    /// <exception cref="FormatException">The socket's path is too long for the system.</exception>
    public static EndpointUrl[] Listen(string dataDirectory) => [LocalSocket(dataDirectory), EndpointUrl.Tcp("127.0.0.1", Port)];

    private static EndpointUrl LocalSocket(string dataDirectory) =>
        EndpointUrl.Unix(Path.Join(Path.GetFullPath(dataDirectory), SocketName));

    private string? Look(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
