using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using RpcStore.Contract;
using RpcStore.EndToEnd.Support;
using StreamJsonRpc;
using StreamJsonRpc.Protocol;

namespace RpcStore.EndToEnd.Peers;

/// <summary>A connection of StreamJsonRpc to a server, and proxies of our client interfaces on it.</summary>
internal sealed class StreamJsonRpcLine : IDisposable
{
    /// <summary>
    /// The types of the contract as the contract has them written; parameters that go by name travel in a type that
    /// StreamJsonRpc makes at run time, which only reflection knows.
    /// </summary>
    private static readonly JsonSerializerOptions Json = new(ContractJson.Default.Options)
    {
        IncludeFields = true,
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    private readonly Connection rpc;
    private readonly bool isNamed;

    private StreamJsonRpcLine(IJsonRpcMessageHandler handler, bool isNamed)
    {
        this.isNamed = isNamed;
        rpc = new Connection(handler);
        Blobs = Attach<IBlobsClient>(MethodNameTransforms.Blobs);
        Auth = Attach<IAuthClient>(MethodNameTransforms.Auth);
        Server = Attach<IServerClient>(MethodNameTransforms.Server);
        Rpc = Attach<IRpcClient>(MethodNameTransforms.Rpc);
        Journal = Attach<IJournalClient>(MethodNameTransforms.Journal);
        Accounts = Attach<IAccountsClient>(MethodNameTransforms.Accounts);
        Transfers = Attach<ITransfersClient>(MethodNameTransforms.Transfers);
        Flists = Attach<IFlistsClient>(MethodNameTransforms.Flists);
        Sites = Attach<ISitesClient>(MethodNameTransforms.Sites);
        rpc.StartListening();
    }

    public IBlobsClient Blobs { get; }

    public IAuthClient Auth { get; }

    public IServerClient Server { get; }

    public IRpcClient Rpc { get; }

    public IJournalClient Journal { get; }

    public IAccountsClient Accounts { get; }

    public ITransfersClient Transfers { get; }

    public IFlistsClient Flists { get; }

    public ISitesClient Sites { get; }

    /// <summary>Ends when the connection does.</summary>
    public Task Completion => rpc.Completion;

    /// <summary>Connects.</summary>
    /// <param name="server">The server.</param>
    /// <param name="carrier">What carries the messages: <c>unix</c>, <c>tcp</c> (header-delimited both), <c>lines</c> or <c>ws</c>.</param>
    /// <param name="isNamed">Whether parameters go by name; by position otherwise, as StreamJsonRpc does unless told.</param>
    public static async Task<StreamJsonRpcLine> ConnectAsync(ServerProcess server, string carrier, bool isNamed)
    {
        var formatter = new SystemTextJsonFormatter { JsonSerializerOptions = Json };
        return new StreamJsonRpcLine(
            carrier switch
            {
                "unix" => HeaderDelimited(await OpenAsync(new UnixDomainSocketEndPoint(server.Socket)), formatter),
                "tcp" => HeaderDelimited(await OpenAsync(new IPEndPoint(IPAddress.Loopback, server.Port)), formatter),
                "lines" => Lines(await OpenAsync(new UnixDomainSocketEndPoint(server.Socket)), formatter),
                "ws" => await WebSocketAsync(server, formatter),
                _ => throw new ArgumentOutOfRangeException(nameof(carrier)),
            },
            isNamed);
    }

    public void Dispose() => rpc.Dispose();

    private static HeaderDelimitedMessageHandler HeaderDelimited(NetworkStream stream, SystemTextJsonFormatter formatter) =>
        new(stream, stream, formatter);

    private static NewLineDelimitedMessageHandler Lines(NetworkStream stream, SystemTextJsonFormatter formatter) =>
        new(stream, stream, formatter);

    private static async Task<WebSocketMessageHandler> WebSocketAsync(ServerProcess server, SystemTextJsonFormatter formatter)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://127.0.0.1:{server.Port}/rpc"), TestContext.Current.CancellationToken);
        return new(socket, formatter);
    }

    private static async Task<NetworkStream> OpenAsync(EndPoint place)
    {
        var socket = place is IPEndPoint
            ? new Socket(SocketType.Stream, ProtocolType.Tcp)
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(place, TestContext.Current.CancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private T Attach<T>(Func<string, string> transform)
        where T : class =>
        rpc.Attach<T>(new JsonRpcProxyOptions { MethodNameTransform = transform, ServerRequiresNamedArguments = isNamed });

    /// <summary>Takes what comes with an error as it is, where StreamJsonRpc expects what its own servers say.</summary>
    private sealed class Connection(IJsonRpcMessageHandler handler) : StreamJsonRpc.JsonRpc(handler)
    {
        protected override Type GetErrorDetailsDataType(JsonRpcError error) => typeof(JsonElement);
    }
}
