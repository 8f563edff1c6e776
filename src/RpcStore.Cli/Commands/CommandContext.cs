using System.CommandLine;
using RpcStore.Cli.Output;
using RpcStore.Client;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Commands;

/// <summary>What a command has at hand while it runs: what was typed, the server, the output, the wish to stop.</summary>
internal sealed class CommandContext : IAsyncDisposable
{
    private readonly ParseResult parsed;
    private readonly Interruption interruption;
    private RpcStoreClient? client;

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

    /// <summary>The server; connected when it is first used.</summary>
    /// <exception cref="UsageException">What names it is no endpoint.</exception>
    public RpcStoreClient Client => client ??= Connect();

    /// <summary>The value of an option.</summary>
    public T? Get<T>(Option<T> option) => parsed.GetValue(option);

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

    private RpcStoreClient Connect()
    {
        try
        {
            return RpcStoreClient.Connect(Get(GlobalOptions.Server) is { } url ? EndpointUrl.Parse(url) : Defaults.Current.Server);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }
}
