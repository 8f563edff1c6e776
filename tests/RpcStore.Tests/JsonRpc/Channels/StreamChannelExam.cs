using System.Text;
using RpcStore.JsonRpc;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

/// <summary>What every channel does that goes on after a message and whose bytes may arrive in any pieces.</summary>
public abstract class StreamChannelExam : ChannelExam
{
    private static readonly string[] Messages =
    [
        """{"jsonrpc":"2.0","id":1,"method":"a","params":{"text":"}]{[\"\\"}}""",
        "[]",
        """[{"id":"Grüße 🙂"},{"deep":[[[[{"a":[]}]]]]}]""",
        """{"long":"0123456789012345678901234567890123456789012345678901234567890123456789\\\\\\\""}""",
        "{}",
    ];

    private readonly ManualTimeProvider time = new();
    private Wire wire = new();

    /// <summary>The channel on an end of a wire.</summary>
    private protected abstract IMessageChannel Open(Wire.End end, int maxMessageBytes, TimeProvider time);

    /// <summary>The bytes with which a peer sends a message.</summary>
    protected abstract byte[] Frame(string message);

    /// <summary>The messages in bytes that the channel sent, without what is not there in full.</summary>
    protected abstract List<string> Unframe(ReadOnlySpan<byte> bytes);

    /// <summary>What a peer sends to say that it is done; empty where closing its side says it.</summary>
    protected virtual byte[] Farewell => [];

    protected override async Task<IMessageChannel> OpenWithAsync(string message)
    {
        var channel = OpenNew();
        await wire.Near.SendAsync(Frame(message));
        return channel;
    }

    protected override async Task<string> ReadSentAsync(IMessageChannel channel) =>
        Unframe(await wire.Near.ReadUntilAsync(bytes => Unframe(bytes).Count > 0))[0];

    private protected IMessageChannel OpenNew(int maxMessageBytes = Limit)
    {
        wire = new Wire();
        return Open(wire.Far, maxMessageBytes, time);
    }

    private protected Task SendAsync(ReadOnlyMemory<byte> bytes) => wire.Near.SendAsync(bytes);

    private protected void EndSending() => wire.Near.Output.Complete();

    private protected async Task<RpcFramingException> ExpectBrokenAsync(IMessageChannel channel) =>
        await Assert.ThrowsAsync<RpcFramingException>(() => channel.WaitToReceiveAsync(CancellationToken.None).Soon());

    [Fact]
    public async Task Messages_arrive_however_the_stream_is_cut_in_two()
    {
        var bytes = Messages.SelectMany(Frame).ToArray();
        for (var cut = 0; cut <= bytes.Length; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            var received = channel.TakeAll();
            await SendAsync(bytes.AsMemory(cut));
            while (received.Count < Messages.Length)
            {
                received.Add(await channel.ReceiveAsync());
            }

            Assert.Equal(Messages, received);
        }
    }

    [Fact]
    public async Task Messages_arrive_byte_by_byte()
    {
        await using var channel = OpenNew();
        var receiving = ReceiveAsync(channel, Messages.Length);

        foreach (var letter in Messages.SelectMany(Frame).ToArray())
        {
            await SendAsync(new[] { letter });
        }

        Assert.Equal(Messages, await receiving.Soon());
    }

    [Fact]
    public async Task Thousands_of_messages_in_one_write_arrive_in_their_order()
    {
        var sent = Enumerable.Range(0, 5000).Select(number => $$"""{"id":{{number}},"x":"{{new string('y', number % 90)}}"}""").ToList();
        await using var channel = OpenNew();
        await SendAsync(sent.SelectMany(Frame).ToArray());

        Assert.Equal(sent, await ReceiveAsync(channel, sent.Count).Soon());
    }

    [Fact]
    public async Task Many_messages_leave_in_one_flush_in_their_order()
    {
        var sent = Enumerable.Range(0, 1000).Select(number => $$"""{"id":{{number}}}""").ToList();
        await using var channel = OpenNew();
        foreach (var message in sent)
        {
            channel.Write(Encoding.UTF8.GetBytes(message));
        }

        await channel.FlushAsync(CancellationToken.None).Soon();

        Assert.Equal(sent, Unframe(await wire.Near.ReadUntilAsync(bytes => Unframe(bytes).Count == sent.Count)));
    }

    [Fact]
    public async Task The_orderly_end_is_told_again_and_again()
    {
        await using var channel = await OpenWithAsync("[1]");
        await SendAsync(Farewell);
        EndSending();

        Assert.Equal("[1]", await channel.ReceiveAsync());
        Assert.False(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        Assert.False(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        Assert.False(channel.TryReceive(out _));
    }

    [Fact]
    public async Task An_end_inside_a_message_is_no_orderly_one()
    {
        var bytes = Frame("""{"a":"b"}""");
        for (var cut = 1; cut < bytes.Length - 1; cut++)
        {
            await using var channel = OpenNew();
            await SendAsync(bytes.AsMemory(0, cut));
            EndSending();

            var thrown = await Record.ExceptionAsync(() => channel.WaitToReceiveAsync(CancellationToken.None).Soon());
            Assert.True(thrown is RpcFramingException { CanContinue: false } or IOException, $"after {cut} bytes: {thrown}");
        }
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_costs_no_message()
    {
        await using var channel = OpenNew();
        using var cancellation = new CancellationTokenSource();
        var bytes = Frame("[1]");
        await SendAsync(bytes.AsMemory(0, 1));
        var waiting = channel.WaitToReceiveAsync(cancellation.Token).AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.Soon());

        await SendAsync(bytes.AsMemory(1));
        Assert.Equal("[1]", await channel.ReceiveAsync());
    }

    [Fact]
    public async Task A_message_of_the_largest_size_passes_and_one_byte_more_is_too_large()
    {
        var message = """{"a":"0123456789"}""";
        await using (var channel = OpenNew(maxMessageBytes: message.Length))
        {
            await SendAsync(Frame(message));
            Assert.Equal(message, await channel.ReceiveAsync());
        }

        await using (var channel = OpenNew(maxMessageBytes: message.Length - 1))
        {
            await SendAsync(Frame(message));
            var broken = await ExpectBrokenAsync(channel);

            Assert.False(broken.CanContinue);
            Assert.Equal(RpcErrorCode.TooLarge, broken.Error.Code);
            Assert.Equal("tooLarge", (string?)broken.Error.Data!["name"]);
            Assert.Equal("maxMessageBytes", (string?)broken.Error.Data["limit"]);
            Assert.Equal(message.Length - 1, (long)broken.Error.Data["maximum"]!);
        }
    }

    [Fact]
    public async Task It_tells_since_when_a_message_is_half_received()
    {
        await using var channel = OpenNew();
        var bytes = Frame("""{"a":"bcdefgh"}""");
        var waiting = channel.WaitToReceiveAsync(CancellationToken.None).AsTask();
        Assert.Equal(0, channel.PartialMessageSince);

        await SendAsync(bytes.AsMemory(0, bytes.Length - 6));
        await Patience.Until(() => channel.PartialMessageSince != 0);
        var since = channel.PartialMessageSince;
        Assert.Equal(time.GetTimestamp(), since);
        time.Advance(TimeSpan.FromSeconds(5));

        await SendAsync(bytes.AsMemory(bytes.Length - 6, 3));
        await SendAsync(bytes.AsMemory(bytes.Length - 3));
        Assert.True(await waiting.Soon());
        Assert.Equal(0, channel.PartialMessageSince);
    }

    [Fact]
    public async Task A_transport_that_breaks_shows_as_an_io_exception_on_both_sides()
    {
        await using var channel = OpenNew();
        wire.Near.Output.Complete(new IOException("reset"));
        wire.Near.Input.Complete();

        await Assert.ThrowsAsync<IOException>(() => channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            // A stream in between may take a while to notice.
            for (var attempt = 0; attempt < 100; attempt++)
            {
                channel.Write("{}"u8);
                await channel.FlushAsync(CancellationToken.None).Soon();
            }
        });
    }

    [Fact]
    public async Task A_flush_waits_for_a_peer_that_does_not_read_and_can_be_cancelled()
    {
        wire = new Wire(pauseThreshold: 4096);
        await using var channel = Open(wire.Far, Limit, time);
        using var cancellation = new CancellationTokenSource();
        channel.Write(new byte[10_000].AsSpan());
        var flushing = channel.FlushAsync(cancellation.Token).AsTask();
        Assert.False(flushing.IsCompleted);

        await cancellation.CancelAsync();
        var thrown = await Record.ExceptionAsync(() => flushing.Soon());
        Assert.True(thrown is OperationCanceledException or IOException, thrown?.ToString());
        wire.Near.Input.Complete();
        wire.Near.Output.Complete();
    }

    private static async Task<List<string>> ReceiveAsync(IMessageChannel channel, int count)
    {
        var received = new List<string>();
        while (received.Count < count)
        {
            received.Add(await channel.ReceiveAsync());
        }

        return received;
    }
}

internal static class ChannelExtensions
{
    public static async Task<string> ReceiveAsync(this IMessageChannel channel)
    {
        Assert.True(await channel.WaitToReceiveAsync(CancellationToken.None).Soon());
        Assert.True(channel.TryReceive(out var message));
        return Encoding.UTF8.GetString(message.Span);
    }

    public static List<string> TakeAll(this IMessageChannel channel)
    {
        var taken = new List<string>();
        while (channel.TryReceive(out var message))
        {
            taken.Add(Encoding.UTF8.GetString(message.Span));
        }

        return taken;
    }
}
