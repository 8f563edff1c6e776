using System.Text.Json.Serialization.Metadata;
using RpcStore.JsonRpc.Sessions;

namespace RpcStore.JsonRpc;

/// <summary>
/// JSON-RPC 2.0 over a channel: the only loop that reads, dispatches and writes. Both sides of a connection are one; a
/// client is a session whose table is empty.
/// </summary>
/// <remarks>
/// The loop runs in <see cref="RunAsync"/>; handlers are started on it. All other members may be used from any thread. What
/// is sent and received, and how it ends, is told in <c>spec/connections.md</c>, sections 6, 7 and 9.
/// </remarks>
public sealed class RpcSession : IAsyncDisposable
{
    /// <summary>Bytes of replies after which a burst is sent although more messages are at hand, so that the peer can start.</summary>
    private const int BurstBytes = 32 * 1024;

    /// <summary>
    /// Bursts after which a loop that never had to wait lets others have the thread: with as many busy connections as there
    /// are cores, an idle one would otherwise hardly get an answer.
    /// </summary>
    private const int BurstsPerTurn = 16;

    /// <summary>How long the last replies of a cancelled session may take to leave.</summary>
    private static readonly TimeSpan FarewellGrace = TimeSpan.FromSeconds(2);

    private readonly IMessageChannel channel;
    private readonly RpcSessionOptions options;
    private readonly Outbox outbox;
    private readonly CallDispatcher calls;
    private readonly OutgoingCalls outgoing = new();
    private readonly CallSender sender;
    private readonly ProgressHandlers progress = new();
    private readonly MessageDispatcher dispatcher;
    private readonly CancellationTokenSource stopReading = new();
    private readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int isStarted;
    private int isCancelled;
    private int isDisposed;
    private ITimer? farewell;
    private int burstsInTurn;
    private long lastReceived;
    private Exception? transportFailure;

    /// <summary>Makes a session, which nothing is read for before <see cref="RunAsync"/>.</summary>
    /// <param name="channel">The connection; the session owns it and disposes it.</param>
    /// <param name="methods">What the peer may call.</param>
    /// <param name="connection">What is known of the peer; handed to the handlers.</param>
    /// <param name="options">What is allowed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit of the options is outside its range.</exception>
    public RpcSession(IMessageChannel channel, RpcMethodTable methods, RpcConnection connection, RpcSessionOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrentCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxBatchCalls, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxMessageDepth, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxMessageDepth, RpcSessionOptions.DeepestMessage);
        this.channel = channel;
        this.options = options;
        outbox = new Outbox(channel, TransportFailed);
        calls = new CallDispatcher(methods, connection, options, outbox, channel.Kind != ChannelKind.Exchange);
        sender = new CallSender(outbox, outgoing, options);
        dispatcher = new MessageDispatcher(calls, outgoing, progress, outbox, options);
        lastReceived = options.TimeProvider.GetTimestamp();
    }

    /// <summary>Calls of the peer that run now, without those that the loop is just starting.</summary>
    public int RunningCalls => calls.Running.Count;

    /// <summary>
    /// When a message was last received or a call last ended, as a timestamp of <see cref="RpcSessionOptions.TimeProvider"/>;
    /// now, while calls run. With it, one timer can find the idle ones among many sessions.
    /// </summary>
    public long LastActivity => calls.Running.Count > 0
        ? options.TimeProvider.GetTimestamp()
        : Math.Max(Volatile.Read(ref lastReceived), calls.Running.LastEnded);

    /// <inheritdoc cref="IMessageChannel.PartialMessageSince"/>
    public long PartialMessageSince => channel.PartialMessageSince;

    /// <summary>What broke the transport; null while it works, and when it ended in order.</summary>
    public Exception? TransportFailure => Volatile.Read(ref transportFailure);

    /// <summary>
    /// Runs until the peer has ended and everything is answered, the session was stopped, or the transport fails. When it
    /// ends no call runs any more, and everything that could be sent is sent. To be called once.
    /// </summary>
    /// <param name="cancellationToken">
    /// Cancels the running calls, answers them with <see cref="RpcErrorCode.RequestCancelled"/> as far as the transport still
    /// takes it, and ends. That is an ordinary end too: nothing is thrown.
    /// </param>
    /// <exception cref="Exception">What a handler of <see cref="OnProgress"/> or the exception map threw.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref isStarted, 1) != 0)
        {
            throw new InvalidOperationException("A session runs once.");
        }

        using var cancellation = cancellationToken.UnsafeRegister(session => ((RpcSession)session!).Cancel(), this);
        try
        {
            await FinishAsync(await ReceiveAsync());
        }
        finally
        {
            // Also when the loop broke: no call is left running unseen.
            calls.Running.CancelAll();
            await calls.Running.WaitUntilAtMostAsync(0, CancellationToken.None);
            outgoing.Close(TransportFailure);
            outbox.GiveUp();
            await outbox.DrainAsync();
            farewell?.Dispose();
            ended.SetResult();
        }
    }

    /// <summary>Reads no further message; <see cref="RunAsync"/> ends when the running calls are answered.</summary>
    /// <param name="lastWord">Sent with a null id, to tell the peer why; null for nothing.</param>
    public void Stop(RpcError? lastWord = null)
    {
        if (lastWord is not null)
        {
            PostError(lastWord);
        }

        _ = stopReading.CancelAsync();
    }

    /// <summary>Calls a method of the peer.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="parameters">Its parameters, an object or an array as JSON; null to send none.</param>
    /// <param name="parametersType">How to write them.</param>
    /// <param name="resultType">How to read the result.</param>
    /// <param name="cancellationToken">Sends <c>$/cancelRequest</c> and gives up waiting at once.</param>
    /// <exception cref="RpcException">The peer answered with an error.</exception>
    /// <exception cref="RpcConnectionLostException">The session ended before the answer came.</exception>
    /// <exception cref="System.Text.Json.JsonException">The result is not of the type asked for.</exception>
    public ValueTask<TResult> InvokeAsync<TParams, TResult>(
        string method,
        TParams parameters,
        JsonTypeInfo<TParams> parametersType,
        JsonTypeInfo<TResult> resultType,
        CancellationToken cancellationToken) =>
        sender.InvokeAsync(method, parameters, parametersType, resultType, cancellationToken);

    /// <summary>Sends a notification: a call that is not answered. Returns when it is on its way, which is not arrival.</summary>
    /// <inheritdoc cref="InvokeAsync" path="/param"/>
    /// <exception cref="RpcConnectionLostException">The session has ended.</exception>
    public ValueTask NotifyAsync<TParams>(
        string method, TParams parameters, JsonTypeInfo<TParams> parametersType, CancellationToken cancellationToken) =>
        sender.NotifyAsync(method, parameters, parametersType, cancellationToken);

    /// <summary>Hands the values of <c>$/progress</c> notifications to a handler, until the returned object is disposed.</summary>
    /// <param name="token">The token that the call is given as its progress parameter.</param>
    /// <param name="type">How to read a value; values that are not of this type are passed over.</param>
    /// <param name="handler">Called on the reading loop, one value after another: it must not block, and not throw.</param>
    /// <exception cref="ArgumentException">The token has a handler.</exception>
    public IDisposable OnProgress<T>(ProgressToken token, JsonTypeInfo<T> type, Action<T> handler) =>
        progress.Add(token, type, handler);

    /// <summary>Ends the session as cancelling <see cref="RunAsync"/> does, waits until it has ended, and closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref isDisposed, 1) != 0)
        {
            return;
        }

        if (Interlocked.Exchange(ref isStarted, 1) != 0)
        {
            Cancel();
            await ended.Task;
        }
        else
        {
            outgoing.Close(cause: null);
            outbox.GiveUp();
            await outbox.DrainAsync();
        }

        await channel.DisposeAsync();
    }

    /// <summary>Reads until there is no more to be read.</summary>
    private async Task<ReadingEnd> ReceiveAsync()
    {
        while (true)
        {
            try
            {
                if (!await channel.WaitToReceiveAsync(stopReading.Token))
                {
                    return ReadingEnd.PeerEnded;
                }

                Volatile.Write(ref lastReceived, options.TimeProvider.GetTimestamp());
                await DispatchAllAsync();
                if (++burstsInTurn >= BurstsPerTurn)
                {
                    burstsInTurn = 0;
                    await Task.Yield();
                }
            }
            catch (RpcFramingException e)
            {
                PostError(e.Error);
                if (!e.CanContinue)
                {
                    return ReadingEnd.Broken;
                }
            }
            catch (OperationCanceledException) when (stopReading.IsCancellationRequested)
            {
                return ReadingEnd.Stopped;
            }
            catch (IOException e)
            {
                TransportFailed(e);
                return ReadingEnd.Broken;
            }
        }
    }

    /// <summary>Dispatches all messages that are at hand, waiting where too much runs or too much is unsent.</summary>
    private async ValueTask DispatchAllAsync()
    {
        bool isMoreAtHand;
        do
        {
            isMoreAtHand = DispatchBurst(out var batch);
            if (batch is { } message)
            {
                await dispatcher.DispatchBatchAsync(message);
            }

            await calls.Running.WaitUntilAtMostAsync(options.MaxConcurrentCalls - 1, stopReading.Token);
            await outbox.WaitForRoomAsync(options.MaxUnsentBytes, stopReading.Token);
        }
        while (isMoreAtHand);
    }

    /// <summary>Dispatches messages as long as it need not wait.</summary>
    /// <param name="batch">The message it stopped at because it is a batch; null for none.</param>
    /// <returns>Whether more messages may be at hand.</returns>
    private bool DispatchBurst(out ReadOnlyMemory<byte>? batch)
    {
        batch = null;
        calls.BeginBurst();
        try
        {
            while (calls.Running.Count < options.MaxConcurrentCalls && calls.BurstBytes < BurstBytes)
            {
                stopReading.Token.ThrowIfCancellationRequested();
                if (!channel.TryReceive(out var message))
                {
                    return false;
                }

                if (!dispatcher.TryDispatch(message.Span))
                {
                    batch = message;
                    return true;
                }
            }

            return true;
        }
        finally
        {
            calls.EndBurst();
        }
    }

    /// <summary>Answers what runs, as long as somebody may be there to hear it.</summary>
    private async Task FinishAsync(ReadingEnd end)
    {
        if (end == ReadingEnd.PeerEnded && channel.Kind == ChannelKind.Closing)
        {
            Cancel();
        }

        // A stopped session waits for its calls as long as its owner does; an exchange has no peer that could be gone unseen.
        var isCallGraceLimited = end != ReadingEnd.Stopped && channel.Kind != ChannelKind.Exchange;
        using (StartGrace(isCallGraceLimited && calls.Running.Count > 0))
        {
            await calls.Running.WaitUntilAtMostAsync(0, CancellationToken.None);
        }

        using (StartGrace(outbox.UnsentBytes > 0))
        {
            await outbox.DrainAsync();
        }
    }

    /// <summary>Cancels everything unless the returned timer is disposed in time; null where there is nothing to wait for.</summary>
    private ITimer? StartGrace(bool isNeeded) => isNeeded
        ? options.TimeProvider.CreateTimer(
            session => ((RpcSession)session!).Cancel(), this, options.HalfCloseGrace, Timeout.InfiniteTimeSpan)
        : null;

    /// <summary>Cancels everything; from now on the peer has little time left to take what is sent.</summary>
    private void Cancel()
    {
        if (Interlocked.Exchange(ref isCancelled, 1) != 0)
        {
            return;
        }

        _ = stopReading.CancelAsync();
        calls.Running.CancelAll();
        farewell = options.TimeProvider.CreateTimer(
            waiting => ((Outbox)waiting!).GiveUp(), outbox, FarewellGrace, Timeout.InfiniteTimeSpan);
    }

    private void TransportFailed(Exception cause)
    {
        Interlocked.CompareExchange(ref transportFailure, cause, null);
        Cancel();
        outbox.GiveUp();
    }

    private void PostError(RpcError error)
    {
        var buffer = MessageBuffer.Rent();
        MessageText.WriteError(buffer, "null"u8, error);
        buffer.EndMessage();
        outbox.Post(buffer, promptly: true);
    }

    /// <summary>Why nothing is read any more.</summary>
    private enum ReadingEnd
    {
        PeerEnded,
        Stopped,
        Broken,
    }
}
