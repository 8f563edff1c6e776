namespace RpcStore.EndToEnd.Support;

/// <summary>
/// Two hosts on one wire, as network namespaces of this machine. They share its files, and nothing of its network.
/// </summary>
internal sealed class TwoHosts : IAsyncDisposable
{
    private readonly string name = "rpcs" + Guid.NewGuid().ToString("N")[..6];

    /// <summary>The name of the one that serves; its end of the wire is called <c>wire</c> there.</summary>
    public string Server => name + "a";

    /// <summary>The name of the one that asks.</summary>
    public string Client => name + "b";

    /// <summary>Makes them, or skips the test where that is not allowed.</summary>
    public static async Task<TwoHosts> CreateOrSkipAsync()
    {
        var hosts = new TwoHosts();
        var made = await Command.ShellAsync(
            $"""
            ip netns add {hosts.Server}
            ip netns add {hosts.Client}
            ip link add {hosts.name}l netns {hosts.Server} type veth peer name {hosts.name}r netns {hosts.Client}
            ip -n {hosts.Server} link set {hosts.name}l name wire
            ip -n {hosts.Client} link set {hosts.name}r name wire
            for host in {hosts.Server} {hosts.Client}; do ip -n $host link set lo up; ip -n $host link set wire up; done
            """);
        if (made.ExitCode != 0)
        {
            await hosts.DisposeAsync();
            Assert.Skip($"This machine does not let tests make network namespaces: {made.Error.Trim()}");
        }

        return hosts;
    }

    /// <summary>Runs a script on the host that serves.</summary>
    public async Task OnServerAsync(string script) =>
        (await Command.RunAsync("ip", ["netns", "exec", Server, "bash", "-euc", script])).ShouldSucceed();

    /// <summary>Runs a script on the host that asks.</summary>
    public async Task OnClientAsync(string script) =>
        (await Command.RunAsync("ip", ["netns", "exec", Client, "bash", "-euc", script])).ShouldSucceed();

    /// <summary>Runs the command on the host that asks.</summary>
    public Task<CommandResult> AskAsync(params string[] arguments) =>
        Command.RunAsync("ip", ["netns", "exec", Client, Repository.Command, .. arguments]);

    /// <summary>Runs the command there until it succeeds.</summary>
    public async Task<CommandResult> AskUntilAnsweredAsync(params string[] arguments)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var result = await AskAsync(arguments);
            if (result.ExitCode == 0 || patience.IsCancellationRequested)
            {
                return result.ShouldSucceed();
            }

            await Task.Delay(100);
        }
    }

    public async ValueTask DisposeAsync() => await Command.ShellAsync($"ip netns del {Server} || true; ip netns del {Client} || true");
}
