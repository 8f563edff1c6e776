using System.Collections.Concurrent;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Kills at any moment: what was acknowledged is there and whole, and the rest is whole or absent.</summary>
public sealed class CrashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly ConcurrentDictionary<string, Fate> fates = new();
    private readonly ConcurrentQueue<string> present = new();
    private readonly TestBlob sentinel = TestBlob.Of("put there behind the server's back"u8.ToArray());

    /// <summary>What the server promised about a blob.</summary>
    private enum Fate
    {
        /// <summary>Asked for and not answered: either is right.</summary>
        Open,
        Stored,
        Deleted,
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kills_in_the_middle_of_uploads_deletes_and_scrubs_lose_nothing_acknowledged()
    {
        var random = new Random(FaultRun.Seed);
        var kills = FaultRun.Pick(12, 100);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var server = await ServerProcess.StartAsync(folder.Path);
            using var client = new AdminClient(server.Socket);
            await CheckAsync(server, client, isRestart: kill > 0, $"kill {kill} of seed {FaultRun.Seed}");

            var work = Task.WhenAll(
                UploadAsync(client, random.Next(), 40),
                UploadAsync(client, random.Next(), 3),
                PutAsync(client, random.Next()),
                DeleteAsync(client, random.Next()),
                ScrubAsync(client));
            await Task.Delay(random.Next(5, 500));
            await server.KillAsync();
            await work;
            PutSentinel(server.Data);
        }

        await using var last = await ServerProcess.StartAsync(folder.Path);
        using var lastClient = new AdminClient(last.Socket);
        await CheckAsync(last, lastClient, isRestart: true, $"the end of seed {FaultRun.Seed}");
        Assert.Contains(Fate.Stored, fates.Values);
        Assert.Contains(Fate.Deleted, fates.Values);
    }

    /// <summary>A file that only a start which looks at every file would find.</summary>
    private void PutSentinel(string data)
    {
        var file = sentinel.FileIn(data);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllBytes(file, sentinel.Bytes);
    }

    private async Task CheckAsync(ServerProcess server, AdminClient client, bool isRestart, string moment)
    {
        if (isRestart)
        {
            Assert.True((await client.FindAsync([sentinel.Id])).Count == 0, $"The start looked at every blob: {moment}");
            File.Delete(sentinel.FileIn(server.Data));
        }

        var files = await StoredFiles.ShouldAgreeWithAsync(server.Data, client, fates.Keys);
        foreach (var (id, fate) in fates)
        {
            Assert.True(fate == Fate.Open || files.ContainsKey(id) == (fate == Fate.Stored), $"{id} should be {fate}: {moment}");
            fates[id] = files.ContainsKey(id) ? Fate.Stored : Fate.Deleted;
        }

        present.Clear();
        foreach (var id in fates.Where(blob => blob.Value == Fate.Stored).Select(blob => blob.Key).Order(StringComparer.Ordinal))
        {
            present.Enqueue(id);
        }
    }

    private Task UploadAsync(AdminClient client, int seed, int maxBlobs) => Killed.UntilAsync(seed, async random =>
    {
        var blobs = TestBlob.RandomMany(random, random.Next(1, maxBlobs + 1), random.Next(10) == 0 ? 2 << 20 : 30_000);
        Array.ForEach(blobs, blob => fates[blob.Id] = Fate.Open);
        var (status, body) = await client.PostBatchAsync(blobs);
        Assert.True(status == 200, body.ToJsonString());
        Assert.Equal(blobs.Length, body["stored"]!.GetValue<int>());
        Array.ForEach(blobs, blob => Settle(blob.Id, Fate.Stored));
    });

    private Task PutAsync(AdminClient client, int seed) => Killed.UntilAsync(seed, async random =>
    {
        var blob = TestBlob.Random(random, random.Next(1, 100_000));
        fates[blob.Id] = Fate.Open;
        await client.PutAsync(blob.Bytes);
        Settle(blob.Id, Fate.Stored);
    });

    private Task DeleteAsync(AdminClient client, int seed) => Killed.UntilAsync(seed, async random =>
    {
        var ids = new List<string>();
        for (var count = random.Next(1, 20); ids.Count < count && present.TryDequeue(out var id);)
        {
            ids.Add(id);
            fates[id] = Fate.Open;
        }

        if (ids.Count == 0)
        {
            await client.CallAsync("server.status");
            return;
        }

        var results = (await client.DeleteAsync(ids))["results"]!.AsArray();
        Assert.All(results, result => Assert.Equal("deleted", result!["status"]!.GetValue<string>()));
        ids.ForEach(id => fates[id] = Fate.Deleted);
    });

    private static Task ScrubAsync(AdminClient client) => Killed.UntilAsync(0, async _ =>
    {
        var scrub = await client.CallAsync("blobs.scrub", """{"wait":true}""");
        Assert.Equal(0, scrub["corruptItems"]!.GetValue<int>());
    });

    private void Settle(string id, Fate fate)
    {
        fates[id] = fate;
        present.Enqueue(id);
    }
}
