using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Peers;

/// <summary>
/// A server that takes a while to scrub and one that never ends to, and what each client had to say about them, asked once.
/// </summary>
public sealed class PeerServer : IAsyncLifetime
{
    // A scrub reads this much: long enough that others are answered, and told of its progress, meanwhile.
    private const int Blocks = 256;
    private const int BlockBytes = 1 << 20;

    private readonly ServerFixture fixture = new();
    private EndlessServer? endless;
    private readonly ConcurrentDictionary<string, Task<IReadOnlyDictionary<string, JsonNode>>> walks = new();

    public async ValueTask InitializeAsync()
    {
        await fixture.InitializeAsync();
        endless = await EndlessServer.StartAsync();
        var block = new byte[BlockBytes];
        new Random(1).NextBytes(block);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < Blocks; i++)
        {
            hash.AppendData(block);
        }

        using var client = fixture.CreateHttpClient();
        using var content = new RepeatedContent(block, Blocks);
        using var response = await client.PutAsync($"/blobs/{Convert.ToHexStringLower(hash.GetHashAndReset())}", content);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (endless is not null)
        {
            await endless.DisposeAsync();
        }

        await fixture.DisposeAsync();
    }

    /// <summary>What became of each case of the list with this client, by the name of the case.</summary>
    internal Task<IReadOnlyDictionary<string, JsonNode>> WalkAsync(string client) => walks.GetOrAdd(client, WalkOnceAsync);

    private async Task<IReadOnlyDictionary<string, JsonNode>> WalkOnceAsync(string client)
    {
        string[] arguments = [client, fixture.Socket, $"{fixture.Server.Port}", endless!.Socket];
        var walk = await Command.RunAsync("node", [Path.Combine(Repository.Peers, "walk.mjs"), .. arguments]);
        var results = walk.ShouldSucceed().Lines.Select(line => JsonNode.Parse(line)!);
        return results.ToDictionary(result => result["case"]!.GetValue<string>());
    }

    /// <summary>A block, again and again.</summary>
    private sealed class RepeatedContent(byte[] block, int times) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var i = 0; i < times; i++)
            {
                await stream.WriteAsync(block);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = (long)block.Length * times;
            return true;
        }
    }
}
