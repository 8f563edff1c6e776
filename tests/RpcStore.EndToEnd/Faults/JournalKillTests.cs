using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>What was answered is in the journal, whatever happens to the server the moment after.</summary>
public sealed class JournalKillTests : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly Random random = new(FaultRun.Seed);
    private ServerProcess? server;
    private AdminClient? client;

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        folder.Dispose();
    }

    [Fact]
    public async Task A_kill_after_the_reply_loses_no_entry()
    {
        await StartAsync();
        await Client.CallAsync("accounts.create", """{"name":"there","role":"user"}""");
        var here = TestBlob.Random(random, 2000);
        await Client.PutAsync(here.Bytes);
        (string Method, string Outcome, Func<Task> Act)[] actions =
        [
            ("accounts.create", "ok", () => Client.CallAsync("accounts.create", """{"name":"new","role":"user"}""")),
            ("accounts.create", "conflict", () => FailAsync("accounts.create", """{"name":"new","role":"user"}""")),
            ("accounts.update", "ok", () => Client.CallAsync("accounts.update", """{"name":"there","role":"admin"}""")),
            ("accounts.delete", "notFound", () => FailAsync("accounts.delete", """{"name":"nobody"}""")),
            ("blobs.put", "ok", () => Client.PutAsync(TestBlob.Random(random, 3000).Bytes)),
            ("PUT /blobs/{id}", "ok", () => PutAsync("/blobs/{0}", 200)),
            ("PUT /blobs/{id}", "digestMismatch", () => PutAsync($"/blobs/{new string('1', 64)}", 422)),
            ("POST /blobs", "ok", async () => Assert.Equal(200, (await Client.PostBatchAsync(TestBlob.RandomMany(random, 5, 9000))).Status)),
            ("POST /blobs", "invalidParams", PostBrokenAsync),
            ("PUT /transfers/{token}", "ok", TransferAsync),
            ("auth.login", "ok", LoginAsync),
            ("blobs.delete", "ok", () => Client.DeleteAsync(here.Id)),
            ("accounts.delete", "ok", () => Client.CallAsync("accounts.delete", """{"name":"there"}""")),
        ];
        foreach (var (method, outcome, act) in actions)
        {
            var before = await EntriesAsync(method);
            await act();
            await server!.KillAsync();
            await StopAsync();
            await StartAsync();
            var after = await EntriesAsync(method);
            Assert.True(after.Count == before.Count + 1, $"{method}: {after.Count - before.Count} entries for one action");
            Assert.Equal($"{method} {outcome}", $"{method} {after[0]!["outcome"]}");
        }

        var positions = (await Client.CallAsync("journal.query"))["entries"]!.AsArray().Select(entry => (long)entry!["position"]!).ToArray();
        Assert.Equal(positions.Order().Reverse(), positions);
        Assert.Equal(positions.Length, positions.Distinct().Count());
    }

    private AdminClient Client => client!;

    private async Task StartAsync()
    {
        server = await ServerProcess.StartAsync(folder.Path);
        client = new AdminClient(server.Socket);
    }

    private async Task StopAsync()
    {
        client?.Dispose();
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }

    private async Task<JsonArray> EntriesAsync(string method) =>
        (await Client.CallAsync("journal.query", new JsonObject { ["method"] = method }.ToJsonString()))["entries"]!.AsArray();

    private Task FailAsync(string method, string parameters) => Client.Http.RefusedAsync(method, parameters);

    private async Task PutAsync(string path, int status)
    {
        var blob = TestBlob.Random(random, 4000);
        using var response = await Client.Http.PutAsync(string.Format(path, blob.Id), new ByteArrayContent(blob.Bytes));
        Assert.Equal(status / 100, (int)response.StatusCode / 100);
        await response.Content.ReadAsByteArrayAsync();
    }

    private async Task PostBrokenAsync()
    {
        var tar = TestBlob.Tar(TestBlob.RandomMany(random, 2, 9000));
        tar.AsSpan(0, 200).Fill((byte)'x');
        Assert.Equal(400, (await Client.PostBatchAsync(new ByteArrayContent(tar))).Status);
    }

    private async Task TransferAsync()
    {
        var transfer = await Client.CallAsync("blobs.upload");
        using var body = new ByteArrayContent(TestBlob.Tar(TestBlob.RandomMany(random, 3, 9000)));
        using var response = await Client.Http.PutAsync((string)transfer["url"]!, body);
        response.EnsureSuccessStatusCode();
    }

    private async Task LoginAsync()
    {
        using var visitor = await Visitor.CreateAsync(server!, Client, "logging-in", "user");
    }
}
