using System.IO.Pipelines;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

public sealed class PipeChannelEndTests
{
    [Fact]
    public async Task Disposing_does_not_wait_for_a_peer_that_would_not_read_what_a_cancelled_flush_left()
    {
        var transport = new StuckStream();
        var channel = new PipeChannel(
            new StreamPipe(PipeReader.Create(Stream.Null), PipeWriter.Create(transport)), new JsonStreamFraming(100));
        using var cancellation = new CancellationTokenSource();
        channel.Write("{}"u8);
        var flushing = channel.FlushAsync(cancellation.Token).AsTask();
        await transport.Writing.Task.Soon();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flushing.Soon());

        await channel.DisposeAsync().Soon();
        Assert.Equal(1, transport.Writes);
    }

    [Fact]
    public async Task A_peer_that_is_still_sending_after_broken_bytes_is_heard_out_before_the_transport_closes()
    {
        var wire = new Wire(pauseThreshold: 100);
        var time = new ManualTimeProvider();
        var session = new RpcSession(
            new PipeChannel(wire.Far, new JsonStreamFraming(50), time),
            RpcMethodTable.Empty,
            RpcConnection.Anonymous,
            RpcSessionOptions.Default);
        var run = session.RunAsync(CancellationToken.None);
        var hearing = wire.Near.ReadUntilAsync(_ => false);
        var sending = Task.Run(async () =>
        {
            for (var piece = 0; piece < 100; piece++)
            {
                await wire.Near.SendAsync(new byte[90]);
            }
        });
        await run.Soon();
        var disposing = session.DisposeAsync().AsTask();
        await sending.Soon();
        Assert.False(disposing.IsCompleted);
        await Patience.Until(() => time.ActiveTimers == 2);
        time.Advance(TimeSpan.FromMilliseconds(100));
        await disposing.Soon();

        Assert.NotEmpty(await hearing.Soon());
    }

    private sealed record StreamPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    /// <summary>A transport whose peer reads nothing.</summary>
    private sealed class StuckStream : MemoryStream
    {
        public TaskCompletionSource Writing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Writes { get; private set; }

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            Writing.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
    }
}
