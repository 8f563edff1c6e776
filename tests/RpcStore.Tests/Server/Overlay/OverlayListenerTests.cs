using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using RpcStore.Contract.Connections;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Endpoints.Overlay;
using Xunit;

namespace RpcStore.Tests.Server.Overlay;

/// <summary>Listening on addresses that come and go; those of loopback stand for an overlay's.</summary>
public sealed class OverlayListenerTests : IAsyncDisposable
{
    private static readonly IPAddress First = IPAddress.Parse("127.77.0.1");
    private static readonly IPAddress Second = IPAddress.Parse("127.77.0.2");
    private static readonly IPAddress Elsewhere = IPAddress.Parse("127.78.0.1");

    private readonly int port = FindFreePort();
    private readonly CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
    private volatile IPAddress[] present = [];
    private IConnectionListener? listener;

    public async ValueTask DisposeAsync()
    {
        if (listener is not null)
        {
            await listener.DisposeAsync();
        }

        patience.Dispose();
    }

    [Fact]
    public async Task An_address_that_is_there_is_listened_on_at_once_and_others_are_not()
    {
        await BindAsync(First, Elsewhere);
        await AssertServedAsync(First);
        Assert.False(await IsListeningAsync(Second));
        Assert.False(await IsListeningAsync(Elsewhere));
    }

    [Fact]
    public async Task All_addresses_inside_the_prefix_are_listened_on()
    {
        await BindAsync(First, Second);
        await AssertServedAsync(First);
        await AssertServedAsync(Second);
    }

    [Fact]
    public async Task It_waits_for_an_address_follows_to_another_and_comes_back()
    {
        await BindAsync();
        Assert.False(await IsListeningAsync(First));

        present = [First];
        await UntilAsync(First, isListening: true);
        await AssertServedAsync(First);

        present = [Second];
        await UntilAsync(First, isListening: false);
        await UntilAsync(Second, isListening: true);
        await AssertServedAsync(Second);

        present = [];
        await UntilAsync(Second, isListening: false);
        present = [First];
        await UntilAsync(First, isListening: true);
        await AssertServedAsync(First);
    }

    [Fact]
    public async Task A_connection_goes_on_when_its_address_is_given_up()
    {
        await BindAsync(First);
        using var client = await ConnectAsync(First);
        await using var accepted = await AcceptAsync();
        present = [];
        await UntilAsync(First, isListening: false);
        await client.SendAsync("still here"u8.ToArray(), patience.Token);
        var received = await accepted.Transport.Input.ReadAtLeastAsync(10, patience.Token);
        Assert.Equal(10, received.Buffer.Length);
    }

    [Fact]
    public async Task A_port_in_use_is_an_error_at_the_start_and_waited_for_later()
    {
        using (var taken = new TcpListener(First, port))
        {
            taken.Start();
            await Assert.ThrowsAsync<ServerStartException>(() => BindAsync(First));
            await BindAsync();
            present = [First, Second];
            await UntilAsync(Second, isListening: true);
        }

        await UntilAsync(First, isListening: true);
        await AssertServedAsync(First);
    }

    [Fact]
    public async Task After_the_unbinding_nothing_listens_and_nothing_is_accepted()
    {
        await BindAsync(First);
        await listener!.UnbindAsync(patience.Token);
        Assert.Null(await listener.AcceptAsync(patience.Token));
        Assert.False(await IsListeningAsync(First));
    }

    private async Task BindAsync(params IPAddress[] addresses)
    {
        present = addresses;
        var options = new SocketTransportOptions { CreateBoundListenSocket = endPoint => ListeningSocket.Bind(endPoint, default) };
        var sockets = new SocketTransportFactory(Options.Create(options), NullLoggerFactory.Instance);
        var transport = new OverlayTransport(() => sockets, () => present, NullLogger<OverlayTransport>.Instance, TimeProvider.System);
        var url = EndpointUrl.Parse($"overlay://127.77.0.0/16:{port}");
        listener = await transport.BindAsync(new OverlayEndPoint(url), patience.Token);
    }

    private async Task AssertServedAsync(IPAddress address)
    {
        using var client = await ConnectAsync(address);
        await using var accepted = await AcceptAsync();
        Assert.Equal(client.RemoteEndPoint, accepted.LocalEndPoint);
        Assert.Equal(client.LocalEndPoint, accepted.RemoteEndPoint);
    }

    private async Task<ConnectionContext> AcceptAsync() =>
        await listener!.AcceptAsync(patience.Token) ?? throw new InvalidOperationException("It accepts no more.");

    private async Task<Socket> ConnectAsync(IPAddress address)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(new IPEndPoint(address, port), patience.Token);
        return socket;
    }

    private async Task UntilAsync(IPAddress address, bool isListening)
    {
        while (await IsListeningAsync(address) != isListening)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    // Asked of the kernel's table, so that no connection is left behind.
    private async Task<bool> IsListeningAsync(IPAddress address)
    {
        var bytes = address.GetAddressBytes();
        var mark = $"{Convert.ToHexString([.. bytes.Reverse()])}:{port:X4} 00000000:0000 0A";
        var table = await File.ReadAllTextAsync("/proc/self/net/tcp", patience.Token);
        return table.Contains(mark, StringComparison.Ordinal);
    }

    private static int FindFreePort()
    {
        using var socket = new TcpListener(IPAddress.Any, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
