using System.Text.Json;
using RpcStore.Client;
using RpcStore.Contract.Connections;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Running;
using RpcStore.JsonRpc;
using RpcStore.Keys;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>
/// Who calls in a contract test: the person who typed the command, who was given a key or a token, and a guest. Sessions that it
/// opens end with it.
/// </summary>
/// <param name="context">The command.</param>
/// <param name="settings">What was asked for.</param>
internal sealed class TestCallers(CommandContext context, ContractTestSettings settings) : IAsyncDisposable
{
    /// <summary>The variable with an admin's token.</summary>
    public const string AdminTokenVariable = "RPCSTORE_ADMIN_TOKEN";

    /// <summary>The variable with a user's token.</summary>
    public const string UserTokenVariable = "RPCSTORE_USER_TOKEN";

    private readonly List<RpcStoreClient> logins = [];
    private readonly List<ExchangeCaller> exchanges = [];

    /// <summary>Connects them, and has the server say whom it takes them for.</summary>
    /// <exception cref="UsageException">A URL is none, or is another server's; a key or token is not of the role that it was given for.</exception>
    /// <exception cref="RpcException">A key is not accepted.</exception>
    public async Task<Callers> FindAsync(ContractDocument document)
    {
        var guest = await GuestEndpoint.FindAsync(context, settings);
        var candidates = new List<Candidate>();
        await AddAsync(candidates, CallerRole.Admin, context.Server, settings.AdminKey, AdminTokenVariable);
        candidates.Add(OwnConnection());
        if (guest.Trouble is null)
        {
            await AddAsync(candidates, CallerRole.User, guest.Url, settings.UserKey, UserTokenVariable);
            candidates.Add(new($"a connection to {guest.Url} without credentials", CallerRole.Guest, Open(guest.Url, null), OwnsSession: true));
        }

        var callers = await Callers.FindAsync(document, candidates, settings.Timeout, context.Cancellation);
        foreach (var named in candidates.Where(candidate => candidate.Claim is CallerRole.User or CallerRole.Admin))
        {
            // Whoever names somebody wants them to call; a test without them would only look like one with them.
            if (callers.FindAbsence(named.Claim!.Value) is { } absence)
            {
                throw new UsageException(absence);
            }
        }

        callers.Explain(CallerRole.Guest, guest.Trouble ?? "there is no connection without credentials");
        callers.Explain(CallerRole.User, guest.Trouble ?? "there is no --user-key");
        callers.Explain(CallerRole.Admin, "the connection is not an admin's, and there is no --admin-key");
        return callers;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var exchange in exchanges)
        {
            await exchange.DisposeAsync();
        }

        foreach (var login in logins)
        {
            await EndAsync(login);
        }
    }

    /// <summary>Connects as a guest. To be disposed by whoever asked.</summary>
    /// <exception cref="UsageException">It is no endpoint to connect to.</exception>
    public static RpcStoreClient Connect(EndpointUrl server)
    {
        try
        {
            return RpcStoreClient.Connect(server);
        }
        catch (FormatException e)
        {
            throw new UsageException(e.Message);
        }
    }

    private static async ValueTask EndAsync(RpcStoreClient login)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            await login.LogoutAsync(patience.Token);
        }
        catch (Exception e) when (e is RpcException or IOException or InvalidDataException or JsonException or OperationCanceledException)
        {
            // The test ended it, or the server does not answer: then the session ends by its age.
        }
        finally
        {
            await login.DisposeAsync();
        }
    }

    private Candidate OwnConnection()
    {
        var session = context.Sessions.Find(context.Server);
        var name = session is null ? $"the connection to {context.Server}" : $"{session.Account}, logged in at {context.Server}";
        return new Candidate(name, Claim: null, Open(context.Server, session?.Token), OwnsSession: session is null);
    }

    private async Task AddAsync(List<Candidate> candidates, CallerRole role, EndpointUrl server, string? keyFile, string tokenVariable)
    {
        if (keyFile is not null)
        {
            using var key = PrivateKeyFile.Read(keyFile);
            var client = Connect(server);
            logins.Add(client);
            var login = await client.LoginAsync(key, context.Cancellation);
            candidates.Add(new($"{login.Account}, by the key {keyFile}", role, Open(server, login.Token), OwnsSession: true));
        }
        else if (Environment.GetEnvironmentVariable(tokenVariable) is { Length: > 0 } token)
        {
            candidates.Add(new($"whose token is in ${tokenVariable}", role, Open(server, token), OwnsSession: false));
        }
    }

    private ExchangeCaller Open(EndpointUrl server, string? token)
    {
        var exchange = new ExchangeCaller(MessageExchange.Connect(server, RpcStoreClientOptions.Default with { Token = token }));
        exchanges.Add(exchange);
        return exchange;
    }
}
