using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace RpcStore.EndToEnd.Support;

/// <summary>
/// An admin on the unix socket who knows nothing of the client library: calls and bulk routes over HTTP. Safe to use from any
/// thread.
/// </summary>
internal sealed class AdminClient(string socket) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) => new NetworkStream(await ConnectAsync(socket, cancellationToken), ownsSocket: true),
    })
    {
        BaseAddress = new Uri("http://localhost"),
        Timeout = TimeSpan.FromSeconds(90),
    };

    /// <summary>The plain HTTP client.</summary>
    public HttpClient Http => http;

    /// <summary>Opens a connection to the socket. A full queue of the server is waited for, as TCP does by itself.</summary>
    public static async Task<Socket> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.TryAgain)
            {
                socket.Dispose();
                await Task.Delay(5, cancellationToken);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc cref="HttpCalls.CallAsync"/>
    public Task<JsonNode> CallAsync(string method, string parameters = "{}", CancellationToken cancellationToken = default) =>
        http.CallAsync(method, parameters, cancellationToken);

    /// <summary>Uploads a tar batch; the status may be that of an error.</summary>
    public async Task<(int Status, JsonNode Body)> PostBatchAsync(HttpContent tar, CancellationToken cancellationToken = default)
    {
        using var response = await http.PostAsync("/blobs", tar, cancellationToken);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken))!);
    }

    /// <inheritdoc cref="PostBatchAsync(HttpContent, CancellationToken)"/>
    public Task<(int Status, JsonNode Body)> PostBatchAsync(IEnumerable<TestBlob> blobs) => PostBatchAsync(new ByteArrayContent(TestBlob.Tar(blobs)));

    public Task<JsonNode> PutAsync(byte[] bytes) => CallAsync("blobs.put", $$"""{"data":"{{Convert.ToBase64String(bytes)}}"}""");

    public async Task<byte[]> GetAsync(string id) =>
        Convert.FromBase64String((await CallAsync("blobs.get", $$"""{"id":"{{id}}"}"""))["data"]!.GetValue<string>());

    /// <summary>Which of these the server says are here.</summary>
    public async Task<HashSet<string>> FindAsync(IEnumerable<string> ids) => Ids(await CallAsync("blobs.has", IdsOf(ids)), "present");

    public Task<JsonNode> DeleteAsync(params IEnumerable<string> ids) => CallAsync("blobs.delete", IdsOf(ids));

    /// <summary>All that is listed, with sizes.</summary>
    public async Task<Dictionary<string, long>> ListAsync()
    {
        var listed = new Dictionary<string, long>();
        string? cursor = null;
        do
        {
            var page = await CallAsync("blobs.list", cursor is null ? "{}" : $$"""{"cursor":"{{cursor}}"}""");
            foreach (var blob in page["blobs"]!.AsArray())
            {
                listed.Add(blob!["id"]!.GetValue<string>(), blob["size"]!.GetValue<long>());
            }

            cursor = page["cursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        return listed;
    }

    /// <summary>Parameters that are ids alone.</summary>
    public static string IdsOf(IEnumerable<string> ids) =>
        new JsonObject { ["ids"] = new JsonArray([.. ids.Select(id => (JsonNode)id!)]) }.ToJsonString();

    /// <summary>A member of a result that is an array of ids.</summary>
    public static HashSet<string> Ids(JsonNode result, string member) =>
        [.. result[member]!.AsArray().Select(id => id!.GetValue<string>())];

    public void Dispose() => http.Dispose();
}
