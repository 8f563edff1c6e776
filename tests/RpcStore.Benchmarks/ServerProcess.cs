using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RpcStore.Benchmarks;

/// <summary>A process that listens on a unix socket: the real server, or the echo.</summary>
internal sealed partial class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly Process process;

    private ServerProcess(Process process, string socket)
    {
        this.process = process;
        SocketPath = socket;
    }

    public string SocketPath { get; }

    /// <summary>Whether it is the echo, which has no handshakes.</summary>
    public bool IsEcho { get; private init; }

    public int Id => process.Id;

    /// <summary>From the start of the process to its first answer; for the echo, to the first connection.</summary>
    public TimeSpan StartTime { get; private set; }

    /// <summary>Starts the server as anybody would, on a data directory, with more options where they are needed.</summary>
    public static async Task<ServerProcess> StartAsync(string data, params string[] more)
    {
        var socket = NewSocketPath();
        var (server, began) = Start(BenchmarkOptions.Command, socket, ["serve", "--data", data, "--listen", "unix:" + socket, .. more]);
        using var connection = await server.ConnectPersistentlyAsync();
        await connection.SendAsync("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"server.info\"}"u8.ToArray());
        var answer = new byte[65536];
        if (await connection.ReceiveAsync(answer) == 0)
        {
            throw new InvalidOperationException("The server closed the connection instead of answering.");
        }

        server.StartTime = Stopwatch.GetElapsedTime(began);
        return server;
    }

    /// <summary>Starts this program once more, as an echo.</summary>
    public static async Task<ServerProcess> StartEchoAsync()
    {
        var socket = NewSocketPath();
        var (server, began) = Start(Environment.ProcessPath!, socket, "echo", socket);
        (await server.ConnectPersistentlyAsync()).Dispose();
        server.StartTime = Stopwatch.GetElapsedTime(began);
        return server;
    }

    /// <summary>A connection. Its sends and receives do not wait for one another.</summary>
    public Socket Connect()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Connect(new UnixDomainSocketEndPoint(SocketPath));
        return socket;
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Kill(process.Id, TerminateSignal) == 0)
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }

        process.Dispose();
        File.Delete(SocketPath);
    }

    // Not the interrupt of a keyboard: what a script starts in the background ignores that one.
    private const int TerminateSignal = 15;

    // A socket's path may have 107 bytes at most, so it goes where paths are short.
    private static string NewSocketPath() => Path.Combine(Path.GetTempPath(), $"rpcstore-bench-{Guid.NewGuid():n}.sock");

    private static (ServerProcess Server, long Began) Start(string command, string socket, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (new ServerProcess(process, socket) { IsEcho = arguments[0] == "echo" }, began);
    }

    private async Task<Socket> ConnectPersistentlyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return Connect();
            }
            catch (SocketException) when (!process.HasExited && Stopwatch.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(1);
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
