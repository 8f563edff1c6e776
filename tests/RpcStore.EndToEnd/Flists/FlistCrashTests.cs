using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>
/// Kills at any moment while flists that share blocks are uploaded, replaced, read and deleted: one that is complete has every
/// blob, what was acknowledged is as it was, and nothing is left of the rest.
/// </summary>
public sealed class FlistCrashTests : IDisposable
{
    private const int Names = 4;
    private const int Contents = 6;

    private readonly TemporaryFolder folder = new();
    private readonly byte[][] archives = [.. Enumerable.Range(0, Contents).Select(Archive)];

    /// <summary>What each name may hold: the digest that was acknowledged last, and those that were asked for since; null for none.</summary>
    private readonly Dictionary<string, HashSet<string?>> allowed = Enumerable.Range(0, Names).ToDictionary(n => $"n{n}", _ => new HashSet<string?> { null });

    private readonly Dictionary<int, string> digests = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task No_kill_takes_a_blob_from_a_flist_or_leaves_one_behind()
    {
        var random = new Random(FaultRun.Seed);
        await LearnAsync();
        for (var round = 0; round < FaultRun.Pick(5, 100); round++)
        {
            await using var server = await ServerProcess.StartAsync(folder.Path);
            using var client = new AdminClient(server.Socket);
            await CheckAsync(client, $"round {round} of seed {FaultRun.Seed}");
            var work = Task.WhenAll(
                Enumerable.Range(0, Names).Select(n => WriteAsync(client, $"n{n}", random.Next()))
                    .Append(ReadAsync(client, random.Next()))
                    .Append(RemoveBlobsAsync(client, random.Next())));
            await Task.Delay(random.Next(5, 1000));
            await server.KillAsync();
            await work;
        }

        await using var last = await ServerProcess.StartAsync(folder.Path);
        using var admin = new AdminClient(last.Socket);
        await CheckAsync(admin, $"the end of seed {FaultRun.Seed}");
        foreach (var name in await admin.Http.ListNamesAsync())
        {
            await admin.Http.DeleteFlistAsync(name);
        }

        await new KeptState("", "", "", "", 0).ShouldReturnAsync(last, admin);
    }

    /// <summary>Files that the contents share with each other in different ways, of one block and of several.</summary>
    private static byte[] Archive(int number) => TestTree.Tar(
        [.. Enumerable.Range(0, 6).Select(i => ($"f{i}", TestTree.Noise(new Random(number * (i + 1) % Contents), i == 0 ? 1_300_000 : 30_000 * i)))]);

    /// <summary>The digests of the contents.</summary>
    private async Task LearnAsync()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        using var client = new AdminClient(server.Socket);
        for (var n = 0; n < Contents; n++)
        {
            digests[n] = (await client.Http.PutFlistAsync("local/learned", archives[n])).ShouldSucceed().Digest;
        }

        await client.Http.DeleteFlistAsync("local/learned");
        Assert.Equal(Contents, digests.Values.Distinct().Count());
    }

    private async Task CheckAsync(AdminClient client, string moment)
    {
        var flists = (await client.Http.ListFlistsAsync()).ToDictionary(flist => (string)flist["name"]!, flist => flist);
        foreach (var (name, digestsAllowed) in allowed)
        {
            var digest = (string?)flists.GetValueOrDefault(name)?["digest"];
            Assert.True(digestsAllowed.Contains(digest), $"{name} is {digest ?? "absent"}: {moment}");
            allowed[name] = [digest];
        }

        foreach (var (name, flist) in flists)
        {
            Assert.True((bool)flist["complete"]!, $"{flist}: {moment}");
            var verified = await client.Http.VerifyFlistAsync("local/" + name);
            Assert.True((int)verified["missingCount"]! + (int)verified["corruptCount"]! == 0, $"{verified}: {moment}");
            await client.Http.GetByteArrayAsync($"/flists/local/{name}?format=tar");
        }
    }

    private Task WriteAsync(AdminClient client, string name, int seed) => Killed.UntilAsync(seed, async random =>
    {
        var content = random.Next(Contents + 2);
        if (content >= Contents)
        {
            allowed[name].Add(null);
            await TryAsync(() => client.Http.DeleteFlistAsync("local/" + name));
            allowed[name] = [null];
            return;
        }

        allowed[name].Add(digests[content]);
        (await client.Http.PutFlistAsync("local/" + name, archives[content])).ShouldSucceed();
        allowed[name] = [digests[content]];
    });

    private static Task ReadAsync(AdminClient client, int seed) => Killed.UntilAsync(seed, async random =>
    {
        var name = $"n{random.Next(Names)}";
        if (random.Next(3) == 0)
        {
            if (await TryAsync(() => client.Http.VerifyFlistAsync("local/" + name)) is { } verified)
            {
                Assert.True((int)verified["missingCount"]! + (int)verified["corruptCount"]! == 0, $"{verified}");
            }

            return;
        }

        using var response = await client.Http.GetAsync($"/flists/local/{name}?format={(random.Next(2) == 0 ? "tar" : "blobs")}");
        Assert.True((int)response.StatusCode is 200 or 404, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        await response.Content.ReadAsByteArrayAsync();
    });

    /// <summary>Tries to take blobs from under the flists.</summary>
    private static Task RemoveBlobsAsync(AdminClient client, int seed) => Killed.UntilAsync(seed, async random =>
    {
        if (random.Next(2) == 0)
        {
            await client.CallAsync("blobs.collect", """{"dryRun":false,"prefix":"blake2b-","minAgeSeconds":0}""");
            return;
        }

        var page = await client.CallAsync("blobs.list", """{"prefix":"blake2b-","limit":20}""");
        var ids = page["blobs"]!.AsArray().Select(blob => (string)blob!["id"]!).ToArray();
        if (ids.Length > 0)
        {
            await client.DeleteAsync(ids);
        }
    });

    /// <summary>Makes a call about a flist that may have gone meanwhile.</summary>
    private static async Task<JsonNode?> TryAsync(Func<Task<JsonNode>> call)
    {
        try
        {
            return await call();
        }
        catch (CallFailedException e) when (e.Name == "notFound")
        {
            return null;
        }
    }
}
