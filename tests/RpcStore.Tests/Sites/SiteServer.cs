using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Contract.Connections;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;
using RpcStore.Server;
using RpcStore.Server.Configuration;
using RpcStore.Server.Journaling;
using RpcStore.Server.Web.Sites;
using RpcStore.Tests.Support;

namespace RpcStore.Tests.Sites;

/// <summary>A server with sites in it, on a port of this machine.</summary>
internal sealed class SiteServer : IAsyncDisposable
{
    private readonly TemporaryDirectory folder;
    private readonly RpcStoreServer server;
    private readonly List<SiteSlot> slots = [];
    private readonly Dictionary<string, string> files = [];
    private int written;

    private SiteServer(TemporaryDirectory folder, RpcStoreServer server)
    {
        (this.folder, this.server) = (folder, server);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
        };
    }

    public HttpClient Client { get; }

    public int Port => server.Endpoints[0].Port;

    public Compose Parts => server.Parts;

    public IBlobStore Store => server.Parts.Store;

    public static async Task<SiteServer> StartAsync(SiteMemory? memory = null)
    {
        var folder = new TemporaryDirectory();
        var options = new ServerOptions
        {
            DataDirectory = folder.Combine("data"),
            Listen = [EndpointUrl.Tcp("127.0.0.1", 0)],
            SiteMemory = memory ?? new(),
            JournalScope = JournalScope.Actions,
            ShutdownGrace = TimeSpan.FromSeconds(1),
        };
        return new SiteServer(folder, await RpcStoreServer.StartAsync(options, null, default));
    }

    /// <summary>Publishes a tree.</summary>
    public async Task<SiteSlot> PublishAsync(SiteTree tree, string? prefix = null, string? domain = null, SiteOptions? options = null)
    {
        var address = SiteAddresses.Check(prefix, domain, server.Parts.Sites.Reserved);
        var name = address.ToString();
        await ReplaceAsync(name, tree);
        var slot = new SiteSlot(address, options ?? new SiteOptions { IsPublic = true }, name, _ => ValueTask.FromResult(Open(name)));
        slots.Add(slot);
        server.Parts.Sites.Live.Replace([.. slots]);
        return slot;
    }

    /// <summary>Gives a site another tree.</summary>
    public async Task ReplaceAsync(string address, SiteTree tree, bool withBlobs = true)
    {
        var file = folder.Combine($"{written++}.fl");
        await tree.WriteAsync(file, withBlobs ? Store : null);
        files[address] = file;
        slots.SingleOrDefault(slot => slot.Subject == address)?.Invalidate();
    }

    /// <summary>Asks for something.</summary>
    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, headers);

    /// <summary>Asks for something.</summary>
    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        foreach (var (name, value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                throw new ArgumentException(name);
            }
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Sends a request as it stands and reads all that comes until the connection closes.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync();
    }

    /// <summary>The status of a request whose target is sent exactly as it is here.</summary>
    public async Task<int> StatusAsync(string target)
    {
        var answer = await SendRawAsync($"GET {target} HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n");
        return int.Parse(answer.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.StopAsync(new CancellationToken(canceled: true));
        await server.DisposeAsync();
        folder.Dispose();
    }

    private ServedFlist Open(string name)
    {
        var file = files[name];
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
        return new ServedFlist(
            digest, cancellation => FlistReader.Open(file, FlistLimits.Default, cancellation), server.Parts.Sites.Blocks);
    }
}
