using System.Net.Sockets;
using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Endpoints;

/// <summary>The server as a service manager runs it; the test is the manager.</summary>
public sealed class ServiceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_manager_is_told_of_ready_reloading_and_stopping(bool isAbstract)
    {
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        var address = isAbstract ? "@rpcs-" + Path.GetFileName(folder.Path) : folder.File("notify");
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? '\0' + address[1..] : address));
        await using var server = await ServerProcess.StartAsync(folder.Path, ["env", "NOTIFY_SOCKET=" + address], []);
        Assert.StartsWith("READY=1\n", await ReceiveAsync(manager));

        var before = ReadMonotonicMicroseconds();
        await server.SignalAsync("HUP");
        var reloading = (await ReceiveAsync(manager)).Split('\n');
        Assert.Equal("RELOADING=1", reloading[0]);
        Assert.Equal("MONOTONIC_USEC", reloading[1].Split('=')[0]);
        Assert.InRange(long.Parse(reloading[1].Split('=')[1]), before, ReadMonotonicMicroseconds());
        Assert.StartsWith("READY=1\n", await ReceiveAsync(manager));

        await server.SignalAsync("TERM");
        Assert.StartsWith("STOPPING=1\n", await ReceiveAsync(manager));
        Assert.Equal(0, await server.WaitForExitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Sockets_of_the_manager_are_served_by_their_names_and_left_where_they_are()
    {
        string plain = folder.File("given.sock"), single = folder.File("bus.sock"), data = folder.File("data");
        using var manager = StartActivated([plain, single], "local:single", "serve", "--data", data);
        try
        {
            // It listens before the server does: what comes in between waits.
            await WaitForFileAsync(single);
            (await Command.RpcStoreAsync("--server", "unix:" + plain, "server", "status")).ShouldSucceed();
            var answer = await Command.ShellAsync($"curl -sS -i --unix-socket {single} http://localhost/openrpc.json");
            Assert.Contains("Connection: close", answer.ShouldSucceed().Output);

            // Nobody asked for the usual endpoints.
            Assert.False(File.Exists(Path.Combine(data, "rpcstore.sock")));
        }
        finally
        {
            await Command.RunAsync("kill", ["-TERM", manager.Id.ToString()]);
            await manager.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }

        Assert.True(File.Exists(plain), "The socket belongs to the manager.");
    }

    [Fact]
    public async Task Sockets_of_another_process_are_left_alone()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path, ["env", "LISTEN_PID=1", "LISTEN_FDS=1"], []);
        (await Command.RpcStoreAsync("--server", server.Url, "server", "info")).ShouldSucceed();
    }

    [Fact]
    public async Task A_descriptor_that_is_no_socket_is_an_error_that_names_it()
    {
        var result = await Command.ShellAsync(
            $"exec 3</dev/null; LISTEN_FDS=1 LISTEN_FDNAMES=odd exec env LISTEN_PID=$$ {Repository.Command} serve --data {folder.File("data")}");
        Assert.NotEqual(0, result.ExitCode);
        Assert.StartsWith("rpcstore: ", result.Error);
        Assert.Contains("descriptor 3 ('odd')", result.Error);
    }

    /// <summary>What systemd does: listen, then become the server, with the sockets as descriptors from 3 on.</summary>
    private static System.Diagnostics.Process StartActivated(string[] paths, string names, params string[] arguments)
    {
        const string Script = """
            use Socket; use POSIX;
            my ($paths, $names, @command) = @ARGV;
            my ($next, @given) = (3);
            for my $path (split /,/, $paths) {
              my $socket;
              socket($socket, AF_UNIX, SOCK_STREAM, 0) && bind($socket, sockaddr_un($path)) && listen($socket, 16) or die $!;
              push @given, $socket;
            }
            POSIX::dup2(fileno($_), 100 + $next++) for @given;
            POSIX::dup2($_ + 100, $_), POSIX::close($_ + 100) for 3 .. $next - 1;
            @ENV{qw(LISTEN_PID LISTEN_FDS LISTEN_FDNAMES)} = ($$, $next - 3, $names);
            exec @command;
            """;
        string[] all = ["-e", Script, string.Join(',', paths), names, Repository.Command, .. arguments];
        return System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("perl", all) { RedirectStandardOutput = true })!;
    }

    private static async Task WaitForFileAsync(string path)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(path))
        {
            await Task.Delay(10, patience.Token);
        }
    }

    private static async Task<string> ReceiveAsync(Socket manager)
    {
        var buffer = new byte[4096];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer, patience.Token));
    }

    private static long ReadMonotonicMicroseconds() => System.Diagnostics.Stopwatch.GetTimestamp() / (System.Diagnostics.Stopwatch.Frequency / 1_000_000);
}
