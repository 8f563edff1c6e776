using RpcStore.Contract;
using RpcStore.Server.Configuration;
using RpcStore.Server.Endpoints;

namespace RpcStore.Server.Handlers;

/// <summary>What the server is, made anew only when its options have changed. Safe to use from any thread.</summary>
/// <param name="serverId">The id of the data directory.</param>
/// <param name="options">Its options.</param>
/// <param name="listeners">Where it listens.</param>
internal sealed class ServerInfoSource(string serverId, LiveOptions options, Listeners listeners)
{
    private volatile Told? told;

    /// <summary>What it is now. To be asked for only once it listens, because not before all endpoints are known.</summary>
    public ServerInfo Current
    {
        get
        {
            var now = options.Current;
            if (told is not { } last || !ReferenceEquals(last.Of, now))
            {
                told = last = new Told(now, ServerInfoWire.Create(serverId, now.Limits, listeners.Endpoints));
            }

            return last.Info;
        }
    }

    private sealed class Told(ServerOptions of, ServerInfo info)
    {
        public ServerOptions Of => of;

        public ServerInfo Info => info;
    }
}
