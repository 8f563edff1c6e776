using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.EndToEnd.Support;
using RpcStore.Keys;
using StreamJsonRpc;

namespace RpcStore.EndToEnd.Peers;

/// <summary>StreamJsonRpc makes clients of our interfaces: over every carrier that it has, by name and by position.</summary>
public sealed class StreamJsonRpcTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>On TCP and WebSocket everybody is a guest until they log in, which these do as the account of that name.</summary>
    private const string AdminName = "proxied";

    private static readonly PrivateKey Key = PrivateKey.Generate();
    private static readonly SemaphoreSlim Creating = new(1);

    public static TheoryData<string, bool> Lines => new MatrixTheoryData<string, bool>(["unix", "tcp", "lines", "ws"], [true, false]);

    private static CancellationToken Ending => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Calls_take_and_give_the_types_of_the_contract(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        var bytes = RandomNumberGenerator.GetBytes(1000);
        var stored = await line.Blobs.PutAsync(bytes, cancellationToken: Ending);
        Assert.Equal(IdOf(bytes), stored.Id);
        Assert.Equal(bytes, (await line.Blobs.GetAsync(stored.Id, cancellationToken: Ending)).Data.ToArray());
        var absent = IdOf(Guid.NewGuid().ToByteArray());
        var presence = await line.Blobs.HasAsync(new[] { absent, stored.Id }, Ending);
        Assert.Equal([stored.Id], presence.Present.ToArray());
        Assert.Equal([absent], presence.Missing.ToArray());
        Assert.Equal(stored.Id, Assert.Single((await line.Blobs.ListAsync(stored.Id.ToString(), limit: 1, cancellationToken: Ending)).Blobs).Id);
        var document = await line.Rpc.DiscoverAsync(Ending);
        Assert.Equal(ContractInfo.Version, document.GetProperty("info").GetProperty("version").GetString());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Every_domain_is_reached(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        Assert.Matches("^[0-9a-f]{32}$", (await line.Server.InfoAsync(Ending)).ServerId);
        Assert.Equal(Role.Admin, (await line.Auth.WhoamiAsync(Ending)).Role);
        await CreateAccountAsync();
        Assert.NotEmpty((await line.Accounts.ListAsync(cancellationToken: Ending)).Accounts);
        await line.Blobs.PutAsync(RandomNumberGenerator.GetBytes(1000), cancellationToken: Ending);
        Assert.NotEmpty((await line.Journal.QueryAsync(limit: 1, cancellationToken: Ending)).Entries);
        Assert.NotNull((await line.Transfers.ListAsync(TransferState.Running, cancellationToken: Ending)).Transfers);
        Assert.NotNull((await line.Flists.ListAsync(cancellationToken: Ending)).Flists);
        Assert.NotNull((await line.Sites.ListAsync(cancellationToken: Ending)).Sites);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_error_keeps_its_code_and_data(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        var absent = IdOf(Guid.NewGuid().ToByteArray());
        var refusal = await Assert.ThrowsAsync<RemoteInvocationException>(() => line.Blobs.GetAsync(absent, cancellationToken: Ending).AsTask());
        Assert.Equal(ErrorCodes.NotFound, refusal.ErrorCode);
        Assert.Equal(ErrorNames.NotFound, DataOf(refusal).GetProperty("name").GetString());

        // It takes this code for what its own servers say when no method has these parameters.
        var invalid = await Assert.ThrowsAsync<RemoteMethodNotFoundException>(() => line.Blobs.ListAsync(limit: 0, cancellationToken: Ending).AsTask());
        Assert.Equal(ErrorCodes.InvalidParams, (int)invalid.ErrorCode!);
        Assert.Equal("/limit", DataOf(invalid).GetProperty("pointer").GetString());
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task Progress_is_reported_while_a_call_runs(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        await line.Blobs.PutAsync(RandomNumberGenerator.GetBytes(1000), cancellationToken: Ending);
        var position = (await line.Journal.QueryAsync(cancellationToken: Ending)).Entries.Max(entry => entry.Position);
        var entries = new EntryList();
        var watched = await line.Journal.WatchAsync(entries, after: position - 1, limit: 1, cancellationToken: Ending);
        Assert.Equal(position, watched.Position);
        Assert.Equal(position, Assert.Single(entries.Values).Position);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_call_that_is_cancelled_ends_and_the_connection_goes_on(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        using var cancelling = CancellationTokenSource.CreateLinkedTokenSource(Ending);
        var entries = new EntryList();
        var watching = line.Journal.WatchAsync(entries, cancellationToken: cancelling.Token).AsTask();
        await line.Blobs.PutAsync(RandomNumberGenerator.GetBytes(1000), cancellationToken: Ending);
        await entries.First.WaitAsync(Ending);
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);
        Assert.Equal(Role.Admin, (await line.Auth.WhoamiAsync(Ending)).Role);
    }

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task A_thousand_calls_at_once_are_all_answered(string carrier, bool isNamed)
    {
        using var line = await ConnectAsync(carrier, isNamed);
        var blobs = Enumerable.Range(0, 1000).Select(number => Encoding.ASCII.GetBytes($"{carrier} {isNamed} {number}")).ToArray();
        var presences = await Task.WhenAll(blobs.Select(bytes => line.Blobs.HasAsync(new[] { IdOf(bytes) }, Ending).AsTask()));
        Assert.All(presences.Zip(blobs), pair => Assert.Equal(IdOf(pair.Second), Assert.Single(pair.First.Missing.ToArray())));
    }

    private static BlobId IdOf(byte[] bytes) => BlobId.FromDigest(Digests.DigestFunction.Sha256, SHA256.HashData(bytes));

    private static JsonElement DataOf(RemoteRpcException refusal) => Assert.IsType<JsonElement>(refusal.DeserializedErrorData);

    private async Task<StreamJsonRpcLine> ConnectAsync(string carrier, bool isNamed)
    {
        var line = await StreamJsonRpcLine.ConnectAsync(fixture.Server, carrier, isNamed);
        if ((await line.Auth.WhoamiAsync(Ending)).Role == Role.Guest)
        {
            await CreateAccountAsync();
            var challenge = await line.Auth.ChallengeAsync(Key.PublicKey.Text, Ending);
            await line.Auth.LoginAsync(
                Key.PublicKey.Text, challenge.Nonce, SshSignature.Sign(Key, Encoding.ASCII.GetBytes(challenge.Text)), Ending);
        }

        return line;
    }

    private async Task CreateAccountAsync()
    {
        await Creating.WaitAsync(Ending);
        try
        {
            using var local = await StreamJsonRpcLine.ConnectAsync(fixture.Server, "unix", isNamed: true);
            if (!(await local.Accounts.ListAsync(cancellationToken: Ending)).Accounts.Any(account => account.Name == AdminName))
            {
                await local.Accounts.CreateAsync(AdminName, AccountRole.Admin, Key.PublicKey.Text, cancellationToken: Ending);
            }
        }
        finally
        {
            Creating.Release();
        }
    }

    /// <summary>Keeps what is reported, at once: <see cref="Progress{T}"/> would hand it to another thread later.</summary>
    private sealed class EntryList : IProgress<JournalEntry>
    {
        private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<JournalEntry> Values { get; } = [];

        /// <summary>Ends when something was reported.</summary>
        public Task First => first.Task;

        public void Report(JournalEntry value)
        {
            Values.Add(value);
            first.TrySetResult();
        }
    }
}
