using System.Text;
using System.Text.Json.Nodes;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>A running session on one end of a wire, and a peer on the other that writes text and reads lines.</summary>
internal sealed class SessionUnderTest : IAsyncDisposable
{
    private readonly StreamReader lines;
    private readonly CancellationTokenSource cancellation = new();

    public SessionUnderTest(
        IEnumerable<RpcMethod>? methods = null,
        RpcSessionOptions? options = null,
        int maxMessageBytes = 1 << 20,
        int pauseThreshold = 0,
        RpcConnection? connection = null)
    {
        var wire = new Wire(pauseThreshold);
        options ??= RpcSessionOptions.Default;
        Peer = wire.Near;
        Channel = new PipeChannel(wire.Far, new JsonStreamFraming(maxMessageBytes), options.TimeProvider);
        Session = new RpcSession(
            Channel, new RpcMethodTable(methods ?? []), connection ?? RpcConnection.Anonymous, options);
        lines = new StreamReader(Peer.Input.AsStream(), new UTF8Encoding(false, throwOnInvalidBytes: true));
        Run = Session.RunAsync(cancellation.Token);
    }

    public RpcSession Session { get; }

    public PipeChannel Channel { get; }

    public Wire.End Peer { get; }

    public Task Run { get; }

    public Task SendAsync(string text) => Peer.SendAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>The next line that the session sent; null after the last one.</summary>
    public async Task<string?> ReadLineAsync() => await lines.ReadLineAsync().Soon();

    public async Task<JsonNode> ReadAsync() => JsonNode.Parse((await ReadLineAsync())!)!;

    /// <summary>Sends text, ends, and returns all that the session sent until it closed the connection.</summary>
    public async Task<string[]> SendAllAsync(string text)
    {
        await SendAsync(text);
        EndSending();
        return await ReadRestAsync();
    }

    public async Task<string[]> ReadRestAsync()
    {
        await Run.Soon();
        await Session.DisposeAsync().Soon();
        return (await lines.ReadToEndAsync().Soon()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void EndSending() => Peer.Output.Complete();

    public void BreakConnection()
    {
        Peer.Output.Complete(new IOException("reset"));
        Peer.Input.Complete();
    }

    public void CancelRun() => cancellation.Cancel();

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync().Soon();
        await Run.Soon();
        cancellation.Dispose();
    }
}
