using System.Text.Json;
using RpcStore.Client.Access;
using RpcStore.Client.Bulk;
using RpcStore.Client.Connections;
using RpcStore.Client.Flists;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;
using RpcStore.Keys;

namespace RpcStore.Client;

/// <summary>
/// A server, as its clients see it: the methods of the contract, domain by domain, and the movement of many bytes. It connects
/// when it is first used and again when the connection is gone; calls that run when it breaks fail with
/// <see cref="RpcConnectionLostException"/>. Calls may overlap, from any thread.
/// </summary>
public sealed class RpcStoreClient : IAsyncDisposable
{
    private readonly Credential credential;
    private readonly ServerHttp http;
    private readonly IRpcTransport transport;
    private Limits? limits;

    private RpcStoreClient(EndpointUrl endpoint, RpcStoreClientOptions options)
    {
        Endpoint = endpoint;
        var dialer = new EndpointDialer(endpoint, options.ConnectTimeout, options.TimeProvider);
        credential = new Credential(endpoint, options);
        http = new ServerHttp(dialer, credential);
        transport = endpoint.Scheme == EndpointScheme.Http || endpoint.IsSingle
            ? new HttpTransport(http, options.MaxMessageBytes)
            : new SessionTransport(
                new ChannelOpener(dialer, http, options).OpenAsync,
                options,
                endpoint.Scheme == EndpointScheme.WebSocket ? null : new StreamLogin(credential).BeginAsync,
                credential.Explain);
        Rpc = new RpcClient(transport);
        Server = new ServerClient(transport);
        Auth = new AuthClient(transport);
        Accounts = new AccountsClient(transport);
        Journal = new JournalClient(transport);
        Blobs = new BlobsClient(transport);
        Transfers = new TransfersClient(transport);
        Flists = new FlistsClient(transport);
        Sites = new SitesClient(transport);
        Uploads = new BlobUploads(this, http, options);
        Downloads = new BlobDownloads(this, http, options);
        FlistTransfers = new FlistTransfers(this, http);
    }

    /// <summary>Where the server is.</summary>
    public EndpointUrl Endpoint { get; }

    /// <summary>The methods of <c>rpc</c>: the contract.</summary>
    public IRpcClient Rpc { get; }

    /// <summary>The methods of <c>server</c>: what it is and how it is.</summary>
    public IServerClient Server { get; }

    /// <summary>
    /// The methods of <c>auth</c>: who the caller is, and sessions. <see cref="LoginAsync"/> and <see cref="LogoutAsync"/>
    /// also make this client use what they change.
    /// </summary>
    public IAuthClient Auth { get; }

    /// <summary>The methods of <c>accounts</c>: who may log in, and do what.</summary>
    public IAccountsClient Accounts { get; }

    /// <summary>The methods of <c>journal</c>: who did what.</summary>
    public IJournalClient Journal { get; }

    /// <summary>The methods of <c>blobs</c>.</summary>
    public IBlobsClient Blobs { get; }

    /// <summary>The methods of <c>transfers</c>.</summary>
    public ITransfersClient Transfers { get; }

    /// <summary>The methods of <c>flists</c>.</summary>
    public IFlistsClient Flists { get; }

    /// <summary>The methods of <c>sites</c>.</summary>
    public ISitesClient Sites { get; }

    /// <summary>Brings blobs to the server.</summary>
    public BlobUploads Uploads { get; }

    /// <summary>Fetches blobs from the server.</summary>
    public BlobDownloads Downloads { get; }

    /// <summary>Brings flists to the server and fetches them.</summary>
    public FlistTransfers FlistTransfers { get; }

    /// <summary>Makes a client. Nothing is connected before it is used.</summary>
    /// <param name="endpoint">Where the server is: <c>unix:PATH</c>, <c>tcp://…</c>, <c>tls://…</c>, <c>ws://…</c> or <c>http://…</c>.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <exception cref="FormatException">The text is no endpoint.</exception>
    public static RpcStoreClient Connect(string endpoint, RpcStoreClientOptions? options = null) =>
        Connect(EndpointUrl.Parse(endpoint), options);

    /// <inheritdoc cref="Connect(string, RpcStoreClientOptions?)"/>
    public static RpcStoreClient Connect(EndpointUrl endpoint, RpcStoreClientOptions? options = null) =>
        endpoint.Scheme != EndpointScheme.Overlay
            ? new(endpoint, options ?? RpcStoreClientOptions.Default)
            : throw new FormatException(
                $"'{endpoint}' is where a server listens; a client names one machine there: tcp://[ADDRESS]:{endpoint.Port}.");

    /// <summary>
    /// Logs in with a key (spec/auth.md): opens a session, which this client uses from now on, also on connections that it
    /// opens anew.
    /// </summary>
    /// <param name="key">Signs the server's challenge; it is not kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The session, with its token.</returns>
    /// <exception cref="RpcException">
    /// <c>unauthenticated</c>: the server does not know the key, or the account is disabled. <c>rateLimited</c>: too many logins
    /// failed.
    /// </exception>
    /// <exception cref="InvalidDataException">The server wants something else signed than a login to it.</exception>
    public async ValueTask<Login> LoginAsync(PrivateKey key, CancellationToken cancellationToken = default)
    {
        // A session that has ended would only be in the way.
        credential.Clear();
        var info = await Server.InfoAsync(cancellationToken).ConfigureAwait(false);
        var login = await KeyLogin.RunAsync(this, info.ServerId, key, cancellationToken).ConfigureAwait(false);
        credential.Set(login.Token, info.ServerId);
        return login;
    }

    /// <summary>Ends the session of this client, if it has one; its token is worth nothing any more.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Who the client is without it: a guest, or <c>local</c> on a local socket of one's own.</returns>
    /// <exception cref="RpcException"><c>unauthenticated</c>: the session had ended already.</exception>
    public async ValueTask<Identity> LogoutAsync(CancellationToken cancellationToken = default)
    {
        var identity = await Auth.LogoutAsync(cancellationToken).ConfigureAwait(false);
        credential.Clear();
        return identity;
    }

    /// <summary>Calls any method by name, for those who have no types for it.</summary>
    /// <param name="method">Its name in the contract.</param>
    /// <param name="parameters">An object or an array.</param>
    /// <param name="cancellationToken">Cancels the call on the server too.</param>
    /// <exception cref="RpcException">The answer is an error.</exception>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcConnectionLostException">The connection broke.</exception>
    public ValueTask<JsonElement> CallAsync(string method, JsonElement parameters, CancellationToken cancellationToken = default) =>
        transport.InvokeAsync(
            method, parameters, ContractJson.Default.JsonElement, ContractJson.Default.JsonElement, cancellationToken);

    /// <summary>Calls any method by name, and listens to the progress that it tells of.</summary>
    /// <param name="method">Its name in the contract.</param>
    /// <param name="parameters">An object or an array that holds the token.</param>
    /// <param name="token">The token.</param>
    /// <param name="progress">Gets the values, on the loop that reads the connection: it must not block.</param>
    /// <param name="cancellationToken">Cancels the call on the server too.</param>
    /// <inheritdoc cref="CallAsync(string, JsonElement, CancellationToken)"/>
    public ValueTask<JsonElement> CallAsync(
        string method,
        JsonElement parameters,
        ProgressToken token,
        IProgress<JsonElement> progress,
        CancellationToken cancellationToken = default) =>
        transport.InvokeAsync(
            method,
            parameters,
            ContractJson.Default.JsonElement,
            ContractJson.Default.JsonElement,
            token,
            progress,
            ContractJson.Default.JsonElement,
            cancellationToken);

    /// <summary>Closes the connections; calls that run fail.</summary>
    public async ValueTask DisposeAsync()
    {
        await transport.DisposeAsync().ConfigureAwait(false);
        http.Dispose();
    }

    /// <summary>The server's limits, asked for once.</summary>
    internal async ValueTask<Limits> GetLimitsAsync(CancellationToken cancellationToken) =>
        limits ??= (await Server.InfoAsync(cancellationToken).ConfigureAwait(false)).Limits;
}
