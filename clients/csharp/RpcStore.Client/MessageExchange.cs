using System.Text.Json;
using RpcStore.Client.Access;
using RpcStore.Client.Connections;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;

namespace RpcStore.Client;

/// <summary>
/// JSON-RPC messages as they are: each is sent as it is given, and what answers it is given back as it came. For tools that
/// test a server; <see cref="RpcStoreClient"/> is for those that use one. It connects when it is first used and again when the
/// connection is gone. For one caller at a time.
/// </summary>
public sealed class MessageExchange : IAsyncDisposable
{
    private readonly RpcStoreClientOptions options;
    private readonly ServerHttp http;
    private readonly ChannelOpener? opener;
    private readonly bool bindsToken;
    private IMessageChannel? channel;

    private MessageExchange(EndpointUrl endpoint, RpcStoreClientOptions options)
    {
        this.options = options;
        var dialer = new EndpointDialer(endpoint, options.ConnectTimeout, options.TimeProvider);
        http = new ServerHttp(dialer, new Credential(endpoint, options));
        opener = endpoint.Scheme == EndpointScheme.Http || endpoint.IsSingle ? null : new ChannelOpener(dialer, http, options);
        bindsToken = opener is not null && endpoint.Scheme != EndpointScheme.WebSocket && options.Token is not null;
    }

    /// <summary>Makes it; nothing is connected before the first message.</summary>
    /// <param name="endpoint">Where the server is.</param>
    /// <param name="options">
    /// How to connect, and the token to do it with. On a stream connection the token is shown to whoever answers there: a
    /// server is to be checked before, as <see cref="RpcStoreClient"/> does with <see cref="RpcStoreClientOptions.TokenServerId"/>.
    /// </param>
    /// <exception cref="FormatException">The endpoint is one to listen on, not one to connect to.</exception>
    public static MessageExchange Connect(EndpointUrl endpoint, RpcStoreClientOptions? options = null) =>
        endpoint.Scheme != EndpointScheme.Overlay
            ? new(endpoint, options ?? RpcStoreClientOptions.Default)
            : throw new FormatException($"'{endpoint}' is where a server listens; a client names one machine there.");

    /// <summary>
    /// Sends a message and waits for the next one that comes and is no notification. After any failure, a cancellation
    /// included, the connection is closed: an answer that comes too late is not taken for that of the next message.
    /// </summary>
    /// <param name="request">The UTF-8 text of one JSON value.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer: one JSON value over streams, whatever the body holds over HTTP.</returns>
    /// <exception cref="CannotConnectException">No server was reached.</exception>
    /// <exception cref="RpcException">The server does not accept the token.</exception>
    /// <exception cref="InvalidDataException">What came is no message, is longer than a message may be, or is an HTTP status alone.</exception>
    /// <exception cref="IOException">The connection ended before an answer came.</exception>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        if (opener is null)
        {
            return await PostAsync(request, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            channel ??= await OpenAsync(opener, cancellationToken).ConfigureAwait(false);
            return await SendAndReceiveAsync(channel, request, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await CloseAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        http.Dispose();
    }

    private static async ValueTask<ReadOnlyMemory<byte>> SendAndReceiveAsync(
        IMessageChannel channel, ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        try
        {
            channel.Write(request.Span);
            await channel.FlushAsync(cancellationToken).ConfigureAwait(false);
            while (await channel.WaitToReceiveAsync(cancellationToken).ConfigureAwait(false))
            {
                if (channel.TryReceive(out var message) && !IsNotification(message.Span))
                {
                    return message.ToArray();
                }
            }
        }
        catch (RpcFramingException e)
        {
            throw new InvalidDataException($"What the server sent is no message: {(string?)e.Error.Data?["reason"] ?? e.Message}", e);
        }

        throw new RpcConnectionLostException("The server closed the connection without an answer.");
    }

    private static bool IsNotification(ReadOnlySpan<byte> message)
    {
        try
        {
            var reader = new Utf8JsonReader(message);
            var (hasMethod, hasId) = (false, false);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                hasMethod |= reader.ValueTextEquals("method"u8);
                hasId |= reader.ValueTextEquals("id"u8);
                reader.Skip();
            }

            return hasMethod && !hasId;
        }
        catch (JsonException)
        {
            // Whatever it is, it is what the server answered.
            return false;
        }
    }

    private async ValueTask<IMessageChannel> OpenAsync(ChannelOpener opener, CancellationToken cancellationToken)
    {
        var opened = await opener.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (bindsToken)
            {
                var resume = HttpCall.Write(
                    "auth.resume", new AuthResumeParams { Token = options.Token! }, ContractJson.Default.AuthResumeParams);
                var reply = await SendAndReceiveAsync(opened, resume, cancellationToken).ConfigureAwait(false);
                HttpCall.ReadReply(reply, ContractJson.Default.JsonElement);
            }

            return opened;
        }
        catch
        {
            await opened.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>> PostAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = HttpCall.Create(body);
        using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var answer = await http.ReadAllAsync(response, options.MaxMessageBytes, cancellationToken).ConfigureAwait(false);
        return answer.IsEmpty
            ? throw new InvalidDataException($"The server answered with HTTP status {(int)response.StatusCode} and nothing else.")
            : answer;
    }

    private async ValueTask CloseAsync()
    {
        if (channel is { } open)
        {
            channel = null;
            await open.DisposeAsync().ConfigureAwait(false);
        }
    }
}
