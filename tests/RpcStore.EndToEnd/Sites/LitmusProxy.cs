using System.Net;
using System.Net.Sockets;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>Hands requests on to a server, but says itself that a folder was made or deleted, which litmus needs to begin.</summary>
internal sealed class LitmusProxy : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly HttpClient http;
    private readonly Task serving;

    private LitmusProxy(int port, int serverPort)
    {
        Port = port;
        http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{serverPort}") };
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        serving = listener.ServeAsync(AnswerAsync);
    }

    public int Port { get; }

    public static LitmusProxy Start(int serverPort)
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        return new LitmusProxy(port, serverPort);
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving;
        listener.Close();
        http.Dispose();
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (request.HttpMethod is "MKCOL" or "DELETE" && request.RawUrl!.EndsWith("/litmus/", StringComparison.Ordinal))
        {
            response.StatusCode = request.HttpMethod == "MKCOL" ? 201 : 204;
            response.Close();
            return;
        }

        using var sent = new HttpRequestMessage(new HttpMethod(request.HttpMethod), request.RawUrl);
        if (request.HasEntityBody)
        {
            sent.Content = new StreamContent(request.InputStream);
        }

        if (request.Headers["Depth"] is { } depth)
        {
            sent.Headers.Add("Depth", depth);
        }

        using var answer = await http.SendAsync(sent);
        response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(one => one.Key is "DAV" or "Allow" or "Content-Type" or "ETag"))
        {
            response.AddHeader(name, string.Join(", ", values));
        }

        var body = await answer.Content.ReadAsByteArrayAsync();
        response.ContentLength64 = body.Length;
        await response.OutputStream.WriteAsync(body);
        response.Close();
    }
}
