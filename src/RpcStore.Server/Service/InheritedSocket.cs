using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RpcStore.Contract.Connections;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Service;

/// <summary>
/// A socket that listens already when the server starts, given by a service manager (sd_listen_fds(3)). Immutable.
/// </summary>
/// <param name="Url">
/// Where it listens. A socket that the manager calls <c>single</c> takes one message a connection, one that it calls
/// <c>tls</c> speaks TLS.
/// </param>
/// <param name="Descriptor">Its number in this process.</param>
public sealed record InheritedSocket(EndpointUrl Url, int Descriptor)
{
    /// <summary>The first descriptor that is given: <c>SD_LISTEN_FDS_START</c>.</summary>
    private const int FirstDescriptor = 3;

    /// <summary>Finds what this process was given.</summary>
    /// <param name="environment">Looks up <c>LISTEN_PID</c>, <c>LISTEN_FDS</c> and <c>LISTEN_FDNAMES</c>; null for one that is not set.</param>
    /// <param name="processId">This process: what was given to another one is left alone.</param>
    /// <exception cref="ServerStartException">What was given is no socket that a server can accept connections on.</exception>
    public static IReadOnlyList<InheritedSocket> Find(Func<string, string?> environment, int processId)
    {
        var count = ReadNumber(environment("LISTEN_PID")) == processId ? ReadNumber(environment("LISTEN_FDS")) ?? 0 : 0;
        var names = environment("LISTEN_FDNAMES")?.Split(':') ?? [];
        return [.. Enumerable.Range(0, count).Select(i => Identify(FirstDescriptor + i, i < names.Length ? names[i] : ""))];
    }

    private static int? ReadNumber(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static InheritedSocket Identify(int descriptor, string name)
    {
        try
        {
            // Only looked at: whoever listens makes a socket of its own for the descriptor.
            using var socket = new Socket(new SafeSocketHandle(descriptor, ownsHandle: false));
            return new InheritedSocket(ToUrl(socket, name), descriptor);
        }
        catch (Exception e) when (e is SocketException or FormatException)
        {
            throw new ServerStartException(
                $"Cannot listen on descriptor {descriptor} ('{name}') of the service manager: {e.Message}", e);
        }
    }

    private static EndpointUrl ToUrl(Socket socket, string name)
    {
        if (socket.SocketType != SocketType.Stream)
        {
            throw new FormatException("it is no stream socket.");
        }

        return socket.LocalEndPoint switch
        {
            UnixDomainSocketEndPoint unix => EndpointUrl.Parse($"unix:{unix}{(name == "single" ? "?mode=single" : "")}"),
            IPEndPoint ip => EndpointUrl.Parse(string.Create(
                CultureInfo.InvariantCulture, $"{(name == "tls" ? "tls" : "tcp")}://{HostOf(ip.Address)}:{ip.Port}")),
            var other => throw new FormatException($"it listens on '{other}', which is neither a path nor an IP address."),
        };
    }

    private static string HostOf(IPAddress address) =>
        address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Any) ? "*"
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]"
        : address.ToString();
}
