using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Connections;

/// <summary>
/// Calls over one connection that is opened when the first call needs it, and anew when it is gone: calls that run when a
/// connection breaks fail with it, because whether the server ran them is not known; the next call opens another.
/// </summary>
/// <param name="open">Opens a connection.</param>
/// <param name="options">How long to try.</param>
/// <param name="begin">What is called on a new connection before anything else; null for nothing.</param>
/// <param name="explain">Adds to an error what the client knows about it; null for nothing.</param>
internal sealed class SessionTransport(
    Func<CancellationToken, ValueTask<IMessageChannel>> open,
    RpcStoreClientOptions options,
    Func<RpcSession, CancellationToken, ValueTask>? begin = null,
    Func<RpcException, RpcException>? explain = null) : IRpcTransport
{
    private readonly SemaphoreSlim opening = new(1, 1);
    private long lastToken;
    private LiveSession? current;
    private bool wasConnected;
    private bool isDisposed;

    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken)
    {
        try
        {
            var session = await GetSessionAsync(cancellationToken).ConfigureAwait(false);
            return await session.InvokeAsync(method, parameters, parametersType, resultType, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (explain is not null)
        {
            throw explain(e);
        }
    }

    /// <inheritdoc/>
    public ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        Func<ProgressToken?, TParams> parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        IProgress<TProgress>? progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken)
    {
        if (progress is null)
        {
            return InvokeAsync(method, parameters(null), parametersType, resultType, cancellationToken);
        }

        var token = new ProgressToken(Interlocked.Increment(ref lastToken));
        return InvokeAsync(method, parameters(token), parametersType, resultType, token, progress, progressType, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TResult> InvokeAsync<TParams, TResult, TProgress>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        ProgressToken token,
        IProgress<TProgress> progress,
        JsonTypeInfo<TProgress> progressType,
        CancellationToken cancellationToken)
    {
        try
        {
            var session = await GetSessionAsync(cancellationToken).ConfigureAwait(false);
            using var listening = session.OnProgress(token, progressType, progress.Report);
            return await session.InvokeAsync(method, parameters, parametersType, resultType, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (explain is not null)
        {
            throw explain(e);
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await opening.WaitAsync().ConfigureAwait(false);
        isDisposed = true;
        if (Interlocked.Exchange(ref current, null) is { } live)
        {
            await live.DisposeAsync().ConfigureAwait(false);
        }

        opening.Release();
    }

    private ValueTask<RpcSession> GetSessionAsync(CancellationToken cancellationToken) =>
        Volatile.Read(ref current) is { IsAlive: true } live ? new(live.Session) : ReconnectAsync(cancellationToken);

    private async ValueTask<RpcSession> ReconnectAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(isDisposed, typeof(RpcStoreClient));
            if (current is { IsAlive: true } live)
            {
                return live.Session;
            }

            if (Interlocked.Exchange(ref current, null) is { } dead)
            {
                await dead.DisposeAsync().ConfigureAwait(false);
            }

            var channel = await OpenWithPausesAsync(cancellationToken).ConfigureAwait(false);
            live = await BeginAsync(LiveSession.Start(channel, options.Session), cancellationToken).ConfigureAwait(false);
            wasConnected = true;
            Volatile.Write(ref current, live);
            return live.Session;
        }
        finally
        {
            opening.Release();
        }
    }

    private async ValueTask<LiveSession> BeginAsync(LiveSession live, CancellationToken cancellationToken)
    {
        try
        {
            if (begin is not null)
            {
                await begin(live.Session, cancellationToken).ConfigureAwait(false);
            }

            return live;
        }
        catch
        {
            await live.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<IMessageChannel> OpenWithPausesAsync(CancellationToken cancellationToken)
    {
        var pauses = wasConnected ? options.ReconnectPauses : [];
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                return await open(cancellationToken).ConfigureAwait(false);
            }
            catch (CannotConnectException) when (attempt < pauses.Count)
            {
                await Task.Delay(pauses[attempt], options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>A session and the loop that runs it.</summary>
    private sealed class LiveSession : IAsyncDisposable
    {
        private readonly Task running;

        private LiveSession(RpcSession session)
        {
            Session = session;
            running = session.RunAsync(CancellationToken.None);
        }

        public RpcSession Session { get; }

        public bool IsAlive => !running.IsCompleted;

        public static LiveSession Start(IMessageChannel channel, RpcSessionOptions options) =>
            new(new RpcSession(channel, RpcMethodTable.Empty, RpcConnection.Anonymous, options));

        public async ValueTask DisposeAsync()
        {
            await Session.DisposeAsync().ConfigureAwait(false);

            // How the loop ended was told to every call that it broke.
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
