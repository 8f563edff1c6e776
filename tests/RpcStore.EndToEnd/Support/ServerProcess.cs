using System.Diagnostics;
using System.Text;

namespace RpcStore.EndToEnd.Support;

/// <summary>A real server as a process of its own, on a data directory of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly StringBuilder log = new();

    private ServerProcess(Process process, string data, string socket)
    {
        this.process = process;
        Data = data;
        Socket = socket;
    }

    public string Data { get; }

    /// <summary>The path of its unix socket.</summary>
    public string Socket { get; }

    /// <summary>What <c>--server</c> takes to reach it as an admin.</summary>
    public string Url => "unix:" + Socket;

    /// <summary>What <c>--server</c> takes to reach it as a guest.</summary>
    public string TcpUrl { get; private set; } = "";

    public int Port => int.Parse(TcpUrl[(TcpUrl.LastIndexOf(':') + 1)..]);

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public string StartUpText { get; private set; } = "";

    public string Log
    {
        get
        {
            lock (log)
            {
                return log.ToString();
            }
        }
    }

    /// <summary>What it has open: files, sockets, pipes. Not its own code, which it opens as it comes to need it.</summary>
    public string[] Handles() =>
    [
        .. new DirectoryInfo($"/proc/{ProcessId}/fd").EnumerateFileSystemInfos()
            .Select(handle => handle.LinkTarget ?? "")
            .Where(target => Path.GetExtension(target) is not (".dll" or ".pdb" or ".so")),
    ];

    /// <summary>Bytes of memory that are its own.</summary>
    public long Memory() => File.ReadLines($"/proc/{ProcessId}/status")
        .Where(line => line.StartsWith("RssAnon:", StringComparison.Ordinal))
        .Select(line => long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2]) << 10)
        .Single();

    /// <summary>Starts a server with a unix socket and a TCP port that the system picks, and waits until both listen.</summary>
    public static Task<ServerProcess> StartAsync(string folder, params string[] more) => StartAsync(folder, [], more);

    /// <inheritdoc cref="StartAsync(string, string[])"/>
    /// <param name="folder">Where its data and its socket are.</param>
    /// <param name="launcher">The program that becomes the server, with its arguments; empty for none.</param>
    /// <param name="more">More arguments for the server.</param>
    /// <param name="tcp">Where it listens on TCP.</param>
    public static async Task<ServerProcess> StartAsync(string folder, string[] launcher, string[] more, string tcp = "tcp://127.0.0.1:0")
    {
        var data = Path.Combine(folder, "data");
        var socket = Path.Combine(folder, "s.sock");

        // A shell has what it starts in the background ignore Ctrl-C, nohup the hang-up, and the tests may have been started so.
        string[] words = [.. launcher, "env", "--default-signal=INT,HUP", Repository.Command];
        var start = new ProcessStartInfo(words[0])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var argument in (string[])[.. words[1..], "serve", "--data", data, "--listen", "unix:" + socket, "--listen", tcp, .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var server = new ServerProcess(Process.Start(start)!, data, socket);
        await server.WaitUntilReadyAsync();
        return server;
    }

    /// <summary>Waits until its log has a text.</summary>
    public async Task WaitForLogAsync(string text)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!Log.Contains(text, StringComparison.Ordinal))
        {
            try
            {
                await Task.Delay(20, patience.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"The log did not have '{text}' within {Patience}:\n{Log}");
            }
        }
    }

    /// <summary>Asks it to stop, as Ctrl-C does, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync()
    {
        await Command.RunAsync("kill", ["-INT", process.Id.ToString()]);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>Sends it a signal.</summary>
    /// <param name="name">Without <c>SIG</c>.</param>
    public async Task SignalAsync(string name) => (await Command.RunAsync("kill", ["-" + name, ProcessId.ToString()])).ShouldSucceed();

    /// <summary>Waits until it has ended by itself.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> WaitForExitAsync(TimeSpan patience)
    {
        await process.WaitForExitAsync().WaitAsync(patience);
        return process.ExitCode;
    }

    /// <summary>Kills it, as a power cut would.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        process.ErrorDataReceived += (_, e) =>
        {
            lock (log)
            {
                log.AppendLine(e.Data);
            }
        };
        process.BeginErrorReadLine();

        using var patience = new CancellationTokenSource(Patience);
        var text = new StringBuilder();
        try
        {
            // The start-up text ends when the server is ready; it names every endpoint on a line of its own.
            while (TcpUrl.Length == 0 || !text.ToString().Contains("Ctrl-C", StringComparison.Ordinal))
            {
                var line = await process.StandardOutput.ReadLineAsync(patience.Token)
                    ?? throw new InvalidOperationException($"The server ended at start:\n{text}\n{Log}");
                text.AppendLine(line);
                var at = line.IndexOf("tcp://", StringComparison.Ordinal);
                if (at >= 0 && TcpUrl.Length == 0)
                {
                    TcpUrl = line[at..].Split(' ')[0].Trim();
                }
            }
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"The server was not ready within {Patience}:\n{text}\n{Log}");
        }

        StartUpText = text.ToString();
        _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
    }
}
