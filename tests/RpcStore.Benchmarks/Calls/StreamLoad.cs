using System.Diagnostics;
using System.Net.Sockets;

namespace RpcStore.Benchmarks.Calls;

/// <summary>
/// Keeps a number of calls outstanding on one connection, from one thread: a reply's request is sent again at once, and all
/// that one read answers goes out in one write.
/// </summary>
internal sealed class StreamLoad
{
    private readonly Socket socket;
    private readonly RequestSet requests;
    private readonly Queue<int> idle = new();
    private readonly long[] sentAt;
    private byte[] input = new byte[1 << 20];
    private byte[] output = new byte[1 << 20];
    private int inputLength;
    private int outputStart;
    private int outputEnd;

    private StreamLoad(Socket socket, RequestSet requests)
    {
        this.socket = socket;
        this.requests = requests;
        sentAt = new long[requests.Count];
    }

    public static LoadResult Run(Socket socket, RequestSet requests, int outstanding, TimeSpan duration)
    {
        // Neither side may wait in a write while the other one does.
        socket.Blocking = false;
        return new StreamLoad(socket, requests).Run(outstanding, duration);
    }

    private LoadResult Run(int outstanding, TimeSpan duration)
    {
        var latencies = new LatencyHistogram();
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        for (var i = 0; i < requests.Count; i++)
        {
            idle.Enqueue(i);
        }

        for (var i = 0; i < outstanding; i++)
        {
            SendNext(began);
        }

        long calls = 0;
        for (var running = outstanding; running > 0;)
        {
            Flush();
            Receive();
            var now = Stopwatch.GetTimestamp();
            var at = 0;
            for (int length; (length = requests.Framing.Measure(input.AsSpan(at, inputLength - at))) > 0; at += length)
            {
                var index = requests.IndexOf(input.AsSpan(at, length));
                latencies.Add(sentAt[index], now);
                idle.Enqueue(index);
                calls++;
                if (now < end)
                {
                    SendNext(now);
                }
                else
                {
                    running--;
                }
            }

            input.AsSpan(at, inputLength - at).CopyTo(input);
            inputLength -= at;
        }

        return new LoadResult(calls, Stopwatch.GetElapsedTime(began).TotalSeconds, latencies);
    }

    private void SendNext(long now)
    {
        var index = idle.Dequeue();
        var request = requests[index];
        if (output.Length - outputEnd < request.Length)
        {
            output.AsSpan(outputStart, outputEnd - outputStart).CopyTo(output);
            (outputStart, outputEnd) = (0, outputEnd - outputStart);
            if (output.Length - outputEnd < request.Length)
            {
                Array.Resize(ref output, output.Length * 2);
            }
        }

        request.CopyTo(output, outputEnd);
        outputEnd += request.Length;
        sentAt[index] = now;
    }

    private void Flush()
    {
        while (outputStart < outputEnd)
        {
            var sent = socket.Send(output.AsSpan(outputStart, outputEnd - outputStart), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return;
            }

            Check(error);
            outputStart += sent;
        }

        (outputStart, outputEnd) = (0, 0);
    }

    private void Receive()
    {
        if (inputLength == input.Length)
        {
            Array.Resize(ref input, input.Length * 2);
        }

        while (true)
        {
            var count = socket.Receive(input.AsSpan(inputLength), SocketFlags.None, out var error);
            if (error != SocketError.WouldBlock)
            {
                Check(error);
                inputLength += count > 0 ? count : throw new EndOfStreamException("The server closed the connection.");
                return;
            }

            if (outputStart == outputEnd)
            {
                socket.Poll(-1, SelectMode.SelectRead);
                continue;
            }

            Socket.Select(new List<Socket> { socket }, new List<Socket> { socket }, null, -1);
            Flush();
        }
    }

    private static void Check(SocketError error)
    {
        if (error != SocketError.Success)
        {
            throw new SocketException((int)error);
        }
    }
}
