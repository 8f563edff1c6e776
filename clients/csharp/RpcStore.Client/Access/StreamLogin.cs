using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Access;

/// <summary>Binds each new stream connection to the session of the client's token, before anything else is called on it.</summary>
internal sealed class StreamLogin(Credential credential)
{
    /// <summary>Does it; nothing for a guest.</summary>
    /// <param name="session">The new connection.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="RpcException"><c>unauthenticated</c>: the token is worth nothing there.</exception>
    public async ValueTask BeginAsync(RpcSession session, CancellationToken cancellationToken)
    {
        var token = await credential.ShowAsync(cancellation => AskServerIdAsync(session, cancellation), cancellationToken).ConfigureAwait(false);
        if (token is null)
        {
            return;
        }

        await session.InvokeAsync(
            "auth.resume",
            new AuthResumeParams { Token = token },
            ContractJson.Default.AuthResumeParams,
            ContractJson.Default.Identity,
            cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<string> AskServerIdAsync(RpcSession session, CancellationToken cancellationToken)
    {
        var info = await session.InvokeAsync(
            "server.info",
            EmptyParams.Instance,
            ContractJson.Default.EmptyParams,
            ContractJson.Default.ServerInfo,
            cancellationToken).ConfigureAwait(false);
        return info.ServerId;
    }
}
