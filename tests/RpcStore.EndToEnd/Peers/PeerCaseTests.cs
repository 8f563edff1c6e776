namespace RpcStore.EndToEnd.Peers;

/// <summary>
/// Others' clients, each with the same list of calls, errors, batches, notifications and cancellations
/// (<c>peers/cases.json</c>, <c>spec/peers.md</c>).
/// </summary>
public sealed class PeerCaseTests(PeerServer server) : IClassFixture<PeerServer>
{
    public static TheoryData<string, string> Matrix =>
        [.. PeerList.Instance.Clients.SelectMany(client => PeerList.Instance.Cases.Select(one => (client.Name, one.Name)))];

    [Theory]
    [MemberData(nameof(Matrix))]
    public async Task A_case_ends_as_the_list_says(string client, string one)
    {
        var results = await server.WalkAsync(client);
        var peer = PeerList.Instance.Clients.Single(other => other.Name == client);
        var tried = PeerList.Instance.Cases.Single(other => other.Name == one);
        var expected = PeerList.IsExpressible(peer, tried) ? "yes" : "not expressible";
        Assert.True(results.TryGetValue(one, out var result), $"{client} did not come to this case.");
        Assert.True(result["outcome"]!.GetValue<string>() == expected, $"expected {expected}: {result.ToJsonString()}");
    }
}
