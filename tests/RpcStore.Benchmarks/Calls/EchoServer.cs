using System.Net.Sockets;

namespace RpcStore.Benchmarks.Calls;

/// <summary>Sends back what it gets: what sockets and scheduling alone cost a server on this machine.</summary>
internal static class EchoServer
{
    private const int BufferSize = 256 * 1024;

    public static async Task RunAsync(string path)
    {
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(2048);
        while (true)
        {
            _ = EchoAsync(await listener.AcceptAsync());
        }
    }

    private static async Task EchoAsync(Socket connection)
    {
        using (connection)
        {
            var buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
            int count;
            while ((count = await connection.ReceiveAsync(buffer)) > 0)
            {
                for (var sent = 0; sent < count;)
                {
                    sent += await connection.SendAsync(buffer.AsMemory(sent, count - sent));
                }
            }
        }
    }
}
