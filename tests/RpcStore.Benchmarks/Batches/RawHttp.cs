using System.Net.Sockets;
using System.Text;

namespace RpcStore.Benchmarks.Batches;

/// <summary>Batches over HTTP with the least that a client can do: it makes a tar and does not look into one.</summary>
internal static class RawHttp
{
    private const int TarBlock = 512;
    private const int BufferSize = 256 * 1024;
    private const int MaxIdsInARequest = 10_000;

    public static void Upload(Socket socket, BlobPattern pattern)
    {
        var length = (pattern.Count * (TarBlock + RoundUp(pattern.Size))) + (2 * TarBlock);
        socket.Send(Encoding.ASCII.GetBytes(
            $"POST /blobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/x-tar\r\nContent-Length: {length}\r\n\r\n"));

        // A file of a few bytes must not cost a system call of its own.
        using var network = new NetworkStream(socket);
        using (var output = new BufferedStream(network, BufferSize))
        {
            for (var i = 0; i < pattern.Count; i++)
            {
                output.Write(TarHeader(pattern.Ids[i].ToString(), pattern.Size));
                using var content = pattern.Open(i);
                content.CopyTo(output, BufferSize);
                output.Write(new byte[RoundUp(pattern.Size) - pattern.Size]);
            }

            output.Write(new byte[2 * TarBlock]);
            output.Flush();
            var answer = new StringBuilder();
            var buffer = new byte[BufferSize];
            for (int count; (count = network.Read(buffer)) > 0;)
            {
                answer.Append(Encoding.UTF8.GetString(buffer, 0, count));
            }

            var text = answer.ToString();
            if (!text.Contains($"\"stored\":{pattern.Count},", StringComparison.Ordinal))
            {
                throw new InvalidDataException($"The upload failed: {text[..Math.Min(500, text.Length)]}");
            }
        }
    }

    public static void Download(Func<Socket> connect, BlobPattern pattern)
    {
        var buffer = new byte[BufferSize];
        foreach (var ids in pattern.Ids.Chunk(MaxIdsInARequest))
        {
            var body = $$"""{"ids":[{{string.Join(',', ids.Select(id => $"\"{id}\""))}}]}""";
            using var socket = connect();
            socket.Send(Encoding.ASCII.GetBytes(
                $"POST /blobs/tar HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            long total = 0;
            for (int count; (count = socket.Receive(buffer)) > 0;)
            {
                total += count;
            }

            if (total < ids.Length * (TarBlock + RoundUp(pattern.Size)))
            {
                throw new InvalidDataException($"The download ended after {total} bytes: {Encoding.UTF8.GetString(buffer.AsSpan(0, 300))}");
            }
        }
    }

    private static long RoundUp(long size) => (size + TarBlock - 1) / TarBlock * TarBlock;

    /// <summary>A ustar header (POSIX.1-2017, pax, "ustar Interchange Format").</summary>
    private static byte[] TarHeader(string name, long size)
    {
        var header = new byte[TarBlock];
        Put(0, name);
        Put(100, "0000444");
        Put(108, "0000000");
        Put(116, "0000000");
        Put(124, Convert.ToString(size, 8).PadLeft(11, '0'));
        Put(136, "00000000000");
        Put(148, "        ");
        Put(156, "0");
        Put(257, "ustar\00000");
        Put(148, Convert.ToString(header.Sum(one => one), 8).PadLeft(6, '0') + "\0 ");
        return header;

        void Put(int at, string text) => Encoding.ASCII.GetBytes(text, header.AsSpan(at));
    }
}
