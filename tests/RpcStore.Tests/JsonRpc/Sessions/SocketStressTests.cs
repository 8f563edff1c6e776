using System.IO.Pipelines;
using System.Net.Sockets;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Sessions;

/// <summary>A client session and a server session over a real unix socket.</summary>
public sealed class SocketStressTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Many_callers_at_once_all_get_their_own_answers(bool hasHeaders)
    {
        const int Callers = 64;
        const int CallsEach = 200;
        var methods = new RpcMethodTable(
        [
            TestMethods.Echo,
            TestMethods.Async("later", async (parameters, call) =>
            {
                await Task.Yield();
                call.ReportProgress(new ProgressToken(1), 1, TestJson.Default.Int32);
                call.ReplyRaw(System.Text.Encoding.UTF8.GetBytes(parameters));
            }),
            TestMethods.Async("never", (_, call) => Task.Delay(Timeout.Infinite, call.CancellationToken)),
        ]);
        var (near, far) = await ConnectAsync();
        await using var server = new RpcSession(
            Channel(far, hasHeaders), methods, RpcConnection.Anonymous, new RpcSessionOptions { MaxConcurrentCalls = 20 });
        await using var client = new RpcSession(
            Channel(near, hasHeaders), RpcMethodTable.Empty, RpcConnection.Anonymous, RpcSessionOptions.Default);
        var serving = server.RunAsync(CancellationToken.None);
        var receiving = client.RunAsync(CancellationToken.None);
        var progress = 0;
        using var watching = client.OnProgress<int>(new ProgressToken(1), TestJson.Default.Int32, _ => progress++);

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (var call = 0; call < CallsEach; call++)
            {
                await CallAsync(client, caller, call, random);
            }
        }))).Soon();

        Assert.InRange(progress, 1, Callers * CallsEach);
        await client.DisposeAsync().Soon();
        await receiving.Soon();
        await serving.Soon();
        Assert.Equal(0, server.RunningCalls);
    }

    private static async Task CallAsync(RpcSession client, int caller, int call, Random random)
    {
        if (random.Next(20) == 0)
        {
            using var cancellation = new CancellationTokenSource();
            var never = client.InvokeAsync(
                "never", new Pair(0, 0), TestJson.Default.Pair, TestJson.Default.Int32, cancellation.Token).AsTask();
            await cancellation.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
            return;
        }

        var parameters = Enumerable.Range(caller * 1000, random.Next(1, 300)).Append(call).ToArray();
        var answer = await client.InvokeAsync(
            random.Next(2) == 0 ? "echo" : "later",
            parameters,
            TestJson.Default.Int32Array,
            TestJson.Default.Int32Array,
            CancellationToken.None);
        Assert.Equal(parameters, answer);
    }

    private static PipeChannel Channel(Socket socket, bool hasHeaders)
    {
        var stream = new NetworkStream(socket, ownsSocket: true);
        return new PipeChannel(
            new StreamPipe(PipeReader.Create(stream), PipeWriter.Create(stream)),
            hasHeaders ? new HeaderFraming(1 << 20) : new JsonStreamFraming(1 << 20));
    }

    private static async Task<(Socket Near, Socket Far)> ConnectAsync()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        try
        {
            var near = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            var accepting = listener.AcceptAsync();
            await near.ConnectAsync(new UnixDomainSocketEndPoint(path));
            return (near, await accepting.Soon());
        }
        finally
        {
            File.Delete(path);
        }
    }

    private sealed record StreamPipe(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
