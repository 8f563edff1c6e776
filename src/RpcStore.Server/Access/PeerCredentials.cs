using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RpcStore.Server.Access;

/// <summary>
/// Who is on the other side of a unix socket, as the kernel recorded when it connected (<c>SO_PEERCRED</c>, unix(7)).
/// </summary>
internal static partial class PeerCredentials
{
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    /// <summary>The built-in admin for the server's own user id and for root; a guest for everybody else.</summary>
    public static Caller Identify(Socket socket)
    {
        // struct ucred { pid_t pid; uid_t uid; gid_t gid; }
        Span<byte> credentials = stackalloc byte[12];
        var length = socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials);
        if (length != credentials.Length)
        {
            return Caller.Guest;
        }

        var uid = BitConverter.IsLittleEndian
            ? BinaryPrimitives.ReadUInt32LittleEndian(credentials[4..])
            : BinaryPrimitives.ReadUInt32BigEndian(credentials[4..]);
        return uid == 0 || uid == GetEffectiveUserId() ? Caller.Local : Caller.Guest;
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUserId();
}
