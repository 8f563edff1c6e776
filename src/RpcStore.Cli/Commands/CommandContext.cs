using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Cli.Sessions;
using RpcStore.Client;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary>What a command has at hand while it runs: what was typed, the server, the output, the wish to stop.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    private readonly ParseResult parsed;
    private readonly Interruption interruption;
    private RpcStoreClient? client;
    private EndpointUrl? server;

    /// <summary>Makes the context of one run.</summary>
    public CommandContext(ParseResult parsed, Interruption interruption)
    {
        this.parsed = parsed;
        this.interruption = interruption;
        Output = CommandOutput.OfProcess(Get(GlobalOptions.Json), Get(GlobalOptions.Quiet));
    }

    /// <summary>Where to write.</summary>
    public CommandOutput Output { get; }

    /// <summary>Fires when the person wants it to stop.</summary>
    public CancellationToken Cancellation => interruption.Token;

    /// <summary>Fires when the person does not want to wait for the end either. For commands that take long to stop.</summary>
    public CancellationToken AskForHurry() => interruption.AskForHurry();

    /// <summary>Where the server is.</summary>
    /// <exception cref="UsageException">What names it is no endpoint.</exception>
    public EndpointUrl Server => server ??= FindServer();

    /// <summary>The sessions that logins opened.</summary>
    public SessionStore Sessions { get; } = new(Defaults.Current.StateDirectory);

    /// <summary>
    /// The server, in the session of whoever logged in there, if anybody did; connected when it is first used.
    /// </summary>
    /// <exception cref="UsageException">What names it is no endpoint.</exception>
    /// <exception cref="IOException">The session cannot be read.</exception>
    public RpcStoreClient Client => client ??= Connect(OptionsFor(Sessions.Find(Server)));

    /// <summary>The server without any session, for the login that opens one. To be disposed by whoever asked.</summary>
    public RpcStoreClient ConnectAsGuest() => Connect(RpcStoreClientOptions.Default);

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

    /// <summary>What was typed as the value of an option; null when the option was not typed.</summary>
    public IReadOnlyList<string>? GetTyped(Option option) =>
        parsed.GetResult(option) is { Implicit: false } result ? [.. result.Tokens.Select(token => token.Value)] : null;

    /// <summary>The value of an argument.</summary>
    public T? Get<T>(Argument<T> argument) => parsed.GetValue(argument);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (client is not null)
        {
            await client.DisposeAsync();
        }

        Output.Dispose();
    }

    private static RpcStoreClientOptions OptionsFor(StoredSession? session) => session is null
        ? RpcStoreClientOptions.Default
        : RpcStoreClientOptions.Default with { Token = session.Token, TokenServerId = session.ServerId };

    private RpcStoreClient Connect(RpcStoreClientOptions options)
    {
        try
        {
            return RpcStoreClient.Connect(Server, options);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private EndpointUrl FindServer()
    {
        try
        {
            return Get(GlobalOptions.Server) is { } url ? EndpointUrl.Parse(url) : Defaults.Current.Server;
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
