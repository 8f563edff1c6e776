using System.Net.Http.Headers;
using System.Runtime.ExceptionServices;
using RpcStore.Client.Access;
using RpcStore.Client.Connections;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Http;

/// <summary>HTTP to the server on the endpoint that the client was given, the local socket included.</summary>
internal sealed class ServerHttp : IDisposable
{
    // What server.info answers is a few hundred bytes.
    private const int MaxInfoBytes = 64 << 10;

    private readonly Uri root;
    private readonly Credential credential;

    // Made when it is needed: most programs that run for a moment need none, and it is a tenth of a second to set up.
    private readonly Lazy<HttpClient> client;

    // The token that the server has shown to be its own.
    private volatile string? shownToken;

    /// <summary>Makes it; nothing is connected yet.</summary>
    /// <param name="dialer">Opens its connections.</param>
    /// <param name="credential">What requests prove themselves with.</param>
    public ServerHttp(EndpointDialer dialer, Credential credential)
    {
        this.credential = credential;
        root = new Uri($"http://{dialer.HttpAuthority}/");

        // A transfer takes as long as it takes; whoever waits has a cancellation token.
        client = new(() => new HttpClient(NewHandler(dialer)) { Timeout = Timeout.InfiniteTimeSpan });
    }

    /// <summary>The client, for what opens connections of its own, such as a WebSocket.</summary>
    public HttpClient Client => client.Value;

    /// <summary>
    /// Sends a request with the client's token, if it has one, and gives the answer as soon as its headers are here, whatever
    /// its status is.
    /// </summary>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    /// <exception cref="RpcException">The token is another server's.</exception>
    public async ValueTask<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (await GetTokenAsync(cancellationToken).ConfigureAwait(false) is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await SendAsGuestAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The token to send; null for a guest. The first time the server is asked whether it is the right one.</summary>
    /// <exception cref="RpcException">The token is another server's.</exception>
    public async ValueTask<string?> GetTokenAsync(CancellationToken cancellationToken) =>
        credential.Token is not { } token || token == shownToken
            ? credential.Token
            : shownToken = await credential.ShowAsync(AskServerIdAsync, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="Credential.Explain"/>
    public RpcException Explain(RpcException e) => credential.Explain(e);

    /// <summary>Throws the error that an answer is, if it is one.</summary>
    /// <exception cref="RpcException">The server answered with an error.</exception>
    public async ValueTask ThrowUnlessSuccessAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Explain(await HttpErrors.ReadAsync(response, cancellationToken).ConfigureAwait(false));
        }
    }

    /// <summary>Opens the body of an answer to be read as it comes; whoever asked disposes it.</summary>
    public async ValueTask<Stream> OpenBodyAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new AnswerStream(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Reads the whole body of an answer.</summary>
    /// <exception cref="InvalidDataException">It is longer than <paramref name="maxBytes"/>.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ReadAllAsync(
        HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        try
        {
            await response.Content.LoadIntoBufferAsync(maxBytes, cancellationToken).ConfigureAwait(false);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConfigurationLimitExceeded)
        {
            throw new InvalidDataException($"The server's answer has more than {maxBytes} bytes.", e);
        }
        catch (HttpRequestException e)
        {
            throw Translate(e);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (client.IsValueCreated)
        {
            client.Value.Dispose();
        }
    }

    private async ValueTask<HttpResponseMessage> SendAsGuestAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.RequestUri = new Uri(root, request.RequestUri!);
        try
        {
            return await Client
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            throw Translate(e);
        }
    }

    private async ValueTask<string> AskServerIdAsync(CancellationToken cancellationToken)
    {
        using var request = HttpCall.Create("server.info", EmptyParams.Instance, ContractJson.Default.EmptyParams);
        using var response = await SendAsGuestAsync(request, cancellationToken).ConfigureAwait(false);
        await ThrowUnlessSuccessAsync(response, cancellationToken).ConfigureAwait(false);
        var body = await ReadAllAsync(response, MaxInfoBytes, cancellationToken).ConfigureAwait(false);
        return HttpCall.ReadReply(body, ContractJson.Default.ServerInfo).ServerId;
    }

    private static SocketsHttpHandler NewHandler(EndpointDialer dialer) => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectCallback = (_, cancellationToken) => dialer.ConnectAsync(cancellationToken),
    };

    /// <summary>Gives the failures of HTTP the names that those of the other transports have.</summary>
    private static Exception Translate(HttpRequestException e)
    {
        for (Exception? cause = e; cause is not null; cause = cause.InnerException)
        {
            // What the source of a request's body threw is the caller's own, and the cause of all the rest.
            if (cause is CannotConnectException or BodySourceException)
            {
                ExceptionDispatchInfo.Throw(cause is BodySourceException ? cause.InnerException! : cause);
            }
        }

        return new RpcConnectionLostException($"the connection to the server broke: {e.GetBaseException().Message}", e);
    }
}
