using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace RpcStore.Server.Service;

/// <summary>
/// Tells a service manager how the server is doing, as sd_notify(3) says: datagrams of assignments to the unix socket that
/// <c>NOTIFY_SOCKET</c> names. Does nothing where there is no manager. Safe to use from any thread.
/// </summary>
/// <param name="address">
/// The path of the socket; one that begins with <c>@</c> is in the abstract namespace; null or empty for none.
/// </param>
public sealed class ServiceManager(string? address)
{
    /// <summary>The manager of this process, if it has one.</summary>
    public static ServiceManager Current { get; } = new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    /// <summary>The server listens, or has reloaded.</summary>
    /// <param name="status">One line for <c>systemctl status</c>.</param>
    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>The server begins to reload; <see cref="Ready"/> is to follow.</summary>
    public void Reloading()
    {
        // CLOCK_MONOTONIC in microseconds, by which the manager tells this reload from one that was asked for later.
        var microseconds = (long)(Stopwatch.GetTimestamp() * (1_000_000.0 / Stopwatch.Frequency));
        Send(string.Create(CultureInfo.InvariantCulture, $"RELOADING=1\nMONOTONIC_USEC={microseconds}"));
    }

    /// <summary>The server ends what runs, and then itself.</summary>
    public void Stopping() => Send("STOPPING=1\nSTATUS=Ending what runs.");

    private void Send(string assignments)
    {
        if (string.IsNullOrEmpty(address))
        {
            return;
        }

        // .NET writes the abstract namespace as the kernel does, with a leading NUL.
        var path = address[0] == '@' ? '\0' + address[1..] : address;
        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.SendTo(Encoding.UTF8.GetBytes(assignments), new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e)
        {
            // A manager that does not listen does not keep the server from serving; it is told where somebody reads it.
            Console.Error.WriteLine($"rpcstore: the service manager at {address} cannot be told how the server is doing: {e.Message}");
        }
    }
}
