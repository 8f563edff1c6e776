using RpcStore.Client;
using RpcStore.ContractTest.Running;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>Lets the test call over the client's connections.</summary>
/// <param name="exchange">Disposed with this.</param>
internal sealed class ExchangeCaller(MessageExchange exchange) : IMessageCaller, IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask<ReadOnlyMemory<byte>> ExchangeAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.ExchangeAsync(message, cancellationToken);
        }
        catch (Exception e) when (e is CannotConnectException or RpcException)
        {
            throw new CallerLostException(ErrorReport.Explain(e), e);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => exchange.DisposeAsync();
}
