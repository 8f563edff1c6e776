using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Endpoints;

/// <summary>A server on an overlay network, asked from another host; a wire between namespaces stands for the overlay.</summary>
public sealed class OverlayTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_server_waits_for_its_address_listens_when_it_appears_and_follows_it()
    {
        await using var hosts = await TwoHosts.CreateOrSkipAsync();
        await hosts.OnClientAsync("ip addr add 400::2/64 dev wire; ip addr add 500::2/64 dev wire");
        await using var server = await StartAsync(hosts);
        Assert.Contains("overlay://400::/7:9750", server.StartUpText);
        await server.WaitForLogAsync("overlay://400::/7:9750 waits");

        // It serves elsewhere all the while.
        (await Command.RpcStoreAsync("--server", server.Url, "server", "status")).ShouldSucceed();
        Assert.NotEqual(0, (await hosts.AskAsync("--server", "tcp://[400::1]:9750", "server", "info")).ExitCode);

        await hosts.OnServerAsync("ip addr add 400::1/64 dev wire");
        var info = await hosts.AskUntilAnsweredAsync("--server", "tcp://[400::1]:9750", "--json", "server", "info");
        Assert.Contains("overlay://400::/7:9750", JsonNode.Parse(info.Output)!["endpoints"]!.AsArray().Select(url => url!.GetValue<string>()));
        await server.WaitForLogAsync("listens on [400::1]:9750");

        await hosts.OnServerAsync("ip addr del 400::1/64 dev wire; ip addr add 500::9/64 dev wire");
        await server.WaitForLogAsync("listens no more on [400::1]:9750");
        await hosts.AskUntilAnsweredAsync("--server", "tcp://[500::9]:9750", "server", "info");
        Assert.Equal(0, await server.StopAsync());
    }

    [Fact]
    public async Task An_address_that_is_there_from_the_start_is_listened_on_and_one_outside_the_prefix_is_not()
    {
        await using var hosts = await TwoHosts.CreateOrSkipAsync();
        await hosts.OnClientAsync("ip addr add 400::2/64 dev wire nodad; ip addr add fd00::2/64 dev wire nodad");
        await hosts.OnServerAsync("ip addr add 400::1/64 dev wire nodad; ip addr add fd00::1/64 dev wire nodad");
        await using var server = await StartAsync(hosts);
        await hosts.AskUntilAnsweredAsync("--server", "tcp://[400::1]:9750", "server", "info");
        var refused = await hosts.AskAsync("--server", "tcp://[fd00::1]:9750", "server", "info");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("nobody listens there", refused.Error);
        Assert.DoesNotContain("waits", server.Log);
    }

    /// <summary>Two nodes of Debian's <c>yggdrasil</c>, whose addresses are made of their keys and lie in 200::/7.</summary>
    [Fact]
    public async Task A_server_on_a_real_overlay_is_asked_from_another_node_of_it()
    {
        var daemon = await Command.ShellAsync("command -v yggdrasil && test -c /dev/net/tun");
        Assert.SkipUnless(daemon.ExitCode == 0, "The package yggdrasil is not installed, or there is no /dev/net/tun.");
        await using var hosts = await TwoHosts.CreateOrSkipAsync();
        await hosts.OnServerAsync("ip addr add 10.77.0.1/24 dev wire");
        await hosts.OnClientAsync("ip addr add 10.77.0.2/24 dev wire");
        await using var server = await StartAsync(hosts, "overlay://200::/7:9750");
        await server.WaitForLogAsync("overlay://200::/7:9750 waits");

        var (here, there) = (folder.File("a.conf"), folder.File("b.conf"));
        await WriteNodeAsync(here, """{ Listen: ["tcp://10.77.0.1:9000"] }""");
        await WriteNodeAsync(there, """{ Peers: ["tcp://10.77.0.1:9000"] }""");
        var address = (await Command.ShellAsync($"yggdrasil -useconffile {here} -address")).ShouldSucceed().Lines[0];
        using var first = Node(hosts.Server, here);
        try
        {
            // A node that finds nobody where its peer should be tries again after a minute only, so they start in turn.
            await server.WaitForLogAsync($"listens on [{address}]:9750");
            using var second = Node(hosts.Client, there);
            try
            {
                await hosts.AskUntilAnsweredAsync("--server", $"tcp://[{address}]:9750", "server", "info");
            }
            finally
            {
                second.Kill();
            }
        }
        finally
        {
            first.Kill();
        }
    }

    private Task<ServerProcess> StartAsync(TwoHosts hosts, string listen = "overlay://400::/7:9750") =>
        ServerProcess.StartAsync(folder.Path, ["ip", "netns", "exec", hosts.Server], ["--listen", listen]);

    private static async Task WriteNodeAsync(string file, string setting) => (await Command.ShellAsync(
        $$"""
        yggdrasil -genconf -json | node -e '
          const settings = JSON.parse(require("fs").readFileSync(0));
          Object.assign(settings, { AdminListen: "none", MulticastInterfaces: [] }, {{setting}});
          process.stdout.write(JSON.stringify(settings))' > {{file}}
        """)).ShouldSucceed();

    private static System.Diagnostics.Process Node(string host, string file) => System.Diagnostics.Process.Start(
        new System.Diagnostics.ProcessStartInfo("ip", ["netns", "exec", host, "yggdrasil", "-useconffile", file, "-logto", file + ".log"]))!;
}
