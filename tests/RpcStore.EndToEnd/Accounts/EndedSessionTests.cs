using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>The end of a session, or of what it may do, reaches the next call on every connection that is open.</summary>
public sealed class EndedSessionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    public static TheoryData<string, string, string> Ends => new()
    {
        { "revoked by an admin", "auth.revoke", """{"id":"SESSION"}""" },
        { "the account disabled", "accounts.update", """{"name":"ACCOUNT","disabled":true}""" },
        { "the account removed", "accounts.delete", """{"name":"ACCOUNT"}""" },
        { "the key taken away", "accounts.removeKey", """{"name":"ACCOUNT","fingerprint":"KEY"}""" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task An_end_counts_from_the_next_call(string what, string method, string parameters)
    {
        using var local = new AdminClient(fixture.Socket);
        using var visitor = await Visitor.CreateAsync(fixture.Server, local, what.Replace(' ', '-'), "user");
        var connections = await OpenConnection.OpenAllAsync(fixture.Server.Port, visitor.Token);
        Assert.All(await AskAllAsync(connections, "server.status"), answer => Assert.Equal("ok", answer.Value));

        await local.CallAsync(method, parameters
            .Replace("SESSION", visitor.SessionId, StringComparison.Ordinal)
            .Replace("ACCOUNT", visitor.Account, StringComparison.Ordinal)
            .Replace("KEY", visitor.Key.PublicKey.Fingerprint, StringComparison.Ordinal));
        Assert.All(await AskAllAsync(connections, "server.status"), answer => Assert.Equal("unauthenticated", answer.Value));
        await CloseAsync(connections);
    }

    [Fact]
    public async Task A_session_that_logs_out_on_one_connection_ends_on_all()
    {
        using var local = new AdminClient(fixture.Socket);
        using var visitor = await Visitor.CreateAsync(fixture.Server, local, "leaving", "user");
        var connections = await OpenConnection.OpenAllAsync(fixture.Server.Port, visitor.Token);
        Assert.Equal("ok", await connections["WebSocket"].CallAsync("auth.logout"));
        Assert.All(await AskAllAsync(connections, "server.status"), answer => Assert.Equal("unauthenticated", answer.Value));
        await CloseAsync(connections);
    }

    [Fact]
    public async Task A_change_of_role_counts_from_the_next_call()
    {
        using var local = new AdminClient(fixture.Socket);
        using var other = await Visitor.CreateAsync(fixture.Server, local, "staying-admin", "admin");
        using var visitor = await Visitor.CreateAsync(fixture.Server, local, "demoted", "admin");
        var connections = await OpenConnection.OpenAllAsync(fixture.Server.Port, visitor.Token);
        foreach (var (role, expected) in new[] { ("admin", "ok"), ("user", "forbidden"), ("admin", "ok") })
        {
            await other.Http.CallAsync("accounts.update", $$"""{"name":"demoted","role":"{{role}}"}""");
            Assert.All(await AskAllAsync(connections, "accounts.list"), answer => Assert.Equal(expected, answer.Value));
            Assert.All(await AskAllAsync(connections, "server.status"), answer => Assert.Equal("ok", answer.Value));
        }

        await CloseAsync(connections);
    }

    private static async Task<IReadOnlyDictionary<string, string>> AskAllAsync(IReadOnlyDictionary<string, OpenConnection> connections, string method)
    {
        var answers = new Dictionary<string, string>();
        foreach (var (name, connection) in connections)
        {
            answers.Add(name, await connection.CallAsync(method));
        }

        return answers;
    }

    private static async Task CloseAsync(IReadOnlyDictionary<string, OpenConnection> connections)
    {
        foreach (var connection in connections.Values)
        {
            await connection.DisposeAsync();
        }
    }
}
