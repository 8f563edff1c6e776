using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Access;

/// <summary>
/// The token that a client proves itself with, and the care that only the server that gave it is shown it. Thread-safe.
/// </summary>
/// <param name="endpoint">Where the server is, for messages.</param>
/// <param name="options">May hold a token to begin with.</param>
internal sealed class Credential(EndpointUrl endpoint, RpcStoreClientOptions options)
{
    private volatile Proof? proof = options.Token is { } token ? new Proof(token, options.TokenServerId) : null;

    /// <summary>The token; null for a guest. For whoever knows that the server is the right one.</summary>
    public string? Token => proof?.Token;

    /// <summary>From now on this token is used.</summary>
    /// <param name="token">The token.</param>
    /// <param name="serverId">The server that gave it.</param>
    public void Set(string token, string serverId) => proof = new Proof(token, serverId);

    /// <summary>From now on the client is a guest on new connections.</summary>
    public void Clear() => proof = null;

    /// <summary>The token, once the server has said that it is the one that gave it.</summary>
    /// <param name="askServerId">Asks the server who it is, as a guest.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null for a guest.</returns>
    /// <exception cref="RpcException">
    /// <c>unauthenticated</c>: another server is there now. The token was not sent.
    /// </exception>
    public async ValueTask<string?> ShowAsync(
        Func<CancellationToken, ValueTask<string>> askServerId, CancellationToken cancellationToken)
    {
        if (proof is not { } current)
        {
            return null;
        }

        if (current.ServerId is { } expected
            && await askServerId(cancellationToken).ConfigureAwait(false) is var actual && actual != expected)
        {
            throw new RpcException(ContractErrors.Unauthenticated(
                $"The server at {endpoint} is {actual}, and the token is of {expected}: it was not sent. {Advice}"));
        }

        return current.Token;
    }

    /// <summary>An error with advice, if it is one about a token that is worth nothing any more.</summary>
    public RpcException Explain(RpcException e)
    {
        if (e.Error.Code != ErrorCodes.Unauthenticated || proof is null || e.Message.Contains(Advice, StringComparison.Ordinal))
        {
            return e;
        }

        // The server says it too, and does not know how it is reached.
        const string Plea = "Log in again.";
        var reason = e.Message.EndsWith(Plea, StringComparison.Ordinal) ? e.Message[..^Plea.Length].TrimEnd() : e.Message;
        return new RpcException(e.Error with { Message = $"{reason} {Advice}" }, e);
    }

    private string Advice => $"Log in again with 'rpcstore --server {endpoint} login --key FILE'.";

    /// <summary>A token and who gave it, which change together.</summary>
    private sealed record Proof(string Token, string? ServerId);
}
