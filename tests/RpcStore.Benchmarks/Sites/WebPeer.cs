using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace RpcStore.Benchmarks.Sites;

/// <summary>nginx with one worker over a folder: what plain files can be served at.</summary>
internal sealed class WebPeer : IAsyncDisposable
{
    private readonly Process process;

    private WebPeer(Process process, int port) => (this.process, Url) = (process, $"http://127.0.0.1:{port}");

    public string Url { get; }

    /// <summary>Starts it; null where it is not installed.</summary>
    public static async Task<WebPeer?> StartNginxAsync(string folder, string content)
    {
        var program = new[] { "/usr/sbin/nginx", "/usr/bin/nginx" }.FirstOrDefault(File.Exists);
        if (program is null)
        {
            return null;
        }

        Directory.CreateDirectory(folder);
        var port = FreePort();
        var configuration = Path.Combine(folder, "nginx.conf");
        var user = Environment.UserName == "root" ? "user root;" : "";
        await File.WriteAllTextAsync(configuration, $$"""
            {{user}} worker_processes 1; daemon off; pid {{folder}}/pid; error_log {{folder}}/error.log;
            events { worker_connections 1024; }
            http {
              access_log off; sendfile on; tcp_nopush on; open_file_cache max=20000; open_file_cache_valid 60s; keepalive_requests 100000000;
              server { listen 127.0.0.1:{{port}}; root {{content}}; }
            }
            """);
        var process = Process.Start(new ProcessStartInfo(program, ["-c", configuration, "-p", folder]) { RedirectStandardError = true })!;
        var peer = new WebPeer(process, port);
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var socket = new TcpClient();
                await socket.ConnectAsync(IPAddress.Loopback, port);
                return peer;
            }
            catch (SocketException) when (tries < 100 && !process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Runs a program to its end.</summary>
    /// <returns>What it wrote.</returns>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? said : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    public async ValueTask DisposeAsync()
    {
        // The worker goes with its master, which is asked in the way that nginx ends at once.
        await RunAsync("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
