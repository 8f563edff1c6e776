using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace RpcStore.Server.Endpoints;

/// <summary>Makes the sockets that listen. Unix sockets get their mode before anybody can connect to them.</summary>
internal static partial class ListeningSocket
{
    /// <summary>Binds a socket.</summary>
    /// <param name="endPoint">Where.</param>
    /// <param name="mode">The mode of the file, for a unix socket.</param>
    /// <exception cref="ServerStartException">It cannot be bound; the message says why and what to do.</exception>
    public static Socket Bind(EndPoint endPoint, UnixFileMode mode)
    {
        try
        {
            return endPoint switch
            {
                UnixDomainSocketEndPoint unix => BindUnix(unix, mode),
                IPEndPoint => KeepAlive(SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint)),
                _ => SocketTransportOptions.CreateDefaultBoundListenSocket(endPoint),
            };
        }
        catch (SocketException e)
        {
            var why = e.SocketErrorCode switch
            {
                SocketError.AddressAlreadyInUse =>
                    "another program listens there. Stop it, or choose another place with --listen",
                SocketError.AccessDenied => "this user may not listen there",
                SocketError.AddressNotAvailable => "this machine has no such address",
                _ => e.Message,
            };
            throw new ServerStartException($"Cannot listen on {Describe(endPoint)}: {why}.", e);
        }
    }

    /// <summary>
    /// Has the kernel find out about peers that are gone without a word, within three minutes; otherwise an upload that one of
    /// them began would wait for ever. Linux hands the options on to every connection that the socket accepts.
    /// </summary>
    /// <returns>The same socket.</returns>
    private static Socket KeepAlive(Socket socket)
    {
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 120);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 6);
        return socket;
    }

    private static string Describe(EndPoint endPoint) =>
        endPoint is UnixDomainSocketEndPoint ? "unix:" + endPoint : "tcp://" + endPoint;

    private static Socket BindUnix(UnixDomainSocketEndPoint endPoint, UnixFileMode mode)
    {
        var path = endPoint.ToString()!;
        PrepareFolder(path);
        RemoveLeftOver(path, endPoint);

        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            // The mode has to hold from the first moment on, so it is the mask of the process while the file is made: a
            // chmod afterwards would leave a gap. Nothing else makes files yet when a server binds.
            var before = SetFileModeMask(~(uint)mode & 0x1FF);
            try
            {
                socket.Bind(endPoint);
            }
            finally
            {
                SetFileModeMask(before);
            }

            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void PrepareFolder(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ServerStartException($"Cannot make the folder of the socket unix:{path}: {e.Message}", e);
        }
    }

    /// <summary>A server that was killed leaves its socket file; nobody answers on it.</summary>
    private static void RemoveLeftOver(string path, UnixDomainSocketEndPoint endPoint)
    {
        if (!Path.Exists(path))
        {
            return;
        }

        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(endPoint);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused && IsSocket(path))
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new ServerStartException(
                $"Cannot listen on unix:{path}: the path exists and is not a left-over socket ({e.Message}). Choose another path.", e);
        }

        throw new ServerStartException(
            $"Cannot listen on unix:{path}: a server that runs listens there. Stop it, or choose another path with --listen.");
    }

    // Connecting to an ordinary file is refused as well; a socket is neither a file with content nor a folder.
    private static bool IsSocket(string path)
    {
        var info = new FileInfo(path);
        return (info.Attributes & (FileAttributes.Directory | FileAttributes.ReparsePoint)) == 0 && IsSocketMode(path);
    }

    private static bool IsSocketMode(string path)
    {
        try
        {
            // Opening a socket file fails with ENXIO; any other file opens, or fails for another reason.
            using var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            return false;
        }
        catch (IOException e)
        {
            const int NoSuchDeviceOrAddress = 6;
            return (e.HResult & 0xFFFF) == NoSuchDeviceOrAddress || e.HResult == NoSuchDeviceOrAddress;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetFileModeMask(uint mask);
}
