using System.Net;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Faults;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>The transfers of <c>flists.upload</c> and <c>flists.download</c>, and what the journal says of flists.</summary>
public sealed class FlistTransferTests : ServerTests
{
    private readonly Random random = new(FaultRun.Seed);

    [Fact]
    public async Task An_upload_transfer_makes_a_flist_once()
    {
        var transfer = await Client.CallAsync("flists.upload", """{"name":"moved","public":true}""");
        var url = (string)transfer["url"]!;
        using (var put = await Client.Http.PutAsync(url, new ByteArrayContent(TestTree.Tar("a=1", "b=2"))))
        {
            var uploaded = JsonNode.Parse(await put.Content.ReadAsStringAsync())!;
            Assert.Equal((HttpStatusCode.Created, "created", 2), (put.StatusCode, (string)uploaded["status"]!, (int)uploaded["storedBlobs"]!));
            Assert.True((bool)uploaded["flist"]!["public"]!);
        }

        var ended = await GetAsync(transfer);
        Assert.Equal(("completed", 2), ((string)ended["state"]!, (int)ended["items"]!));
        Assert.True((long)ended["bytes"]! > 0);
        using var again = await Client.Http.PutAsync(url, new ByteArrayContent(TestTree.Tar("a=3")));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Equal("1", await Client.Http.GetStringAsync("/flists/local/moved/files/a"));
    }

    [Theory]
    [InlineData("fl")]
    [InlineData("tar")]
    [InlineData("tarGz")]
    [InlineData("blobs")]
    public async Task A_download_transfer_gives_what_the_route_gives_once(string format)
    {
        (await Client.Http.PutFlistAsync("local/given", TestTree.Tar(("a", TestTree.Noise(random, 700_000)), ("b", [1])))).ShouldSucceed();
        var transfer = await Client.CallAsync("flists.download", $$"""{"name":"given","format":"{{format}}"}""");
        using var guest = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Server.Port}") };
        var bytes = await guest.GetByteArrayAsync((string)transfer["url"]!);
        Assert.Equal(await Client.Http.GetByteArrayAsync("/flists/local/given?format=" + format), bytes);
        await Eventually.HoldsAsync(async () => (string)(await GetAsync(transfer))["state"]! == "completed", "The transfer does not end.");
        Assert.Equal(HttpStatusCode.Conflict, (await guest.GetAsync((string)transfer["url"]!)).StatusCode);
    }

    [Fact]
    public async Task A_transfer_for_what_is_refused_is_refused_when_it_is_asked_for()
    {
        Assert.Equal("notFound", (await Client.Http.RefusedAsync("flists.download", """{"name":"absent"}""")).Name);
        Assert.Equal("notFound", (await Client.Http.RefusedAsync("flists.upload", """{"name":"x","account":"nobody"}""")).Name);
        Assert.Equal("invalidParams", (await Client.Http.RefusedAsync("flists.upload", """{"name":"a/b"}""")).Name);
        (await Client.Http.PutFlistAsync("local/there", TestTree.Tar("a=1"))).ShouldSucceed();
        Assert.Equal("preconditionFailed", (await Client.Http.RefusedAsync("flists.upload", """{"name":"there","ifMatch":"none"}""")).Name);

        // What changes in between counts when the bytes have come.
        var transfer = await Client.CallAsync("flists.upload", """{"name":"late","ifMatch":"none"}""");
        (await Client.Http.PutFlistAsync("local/late", TestTree.Tar("a=1"))).ShouldSucceed();
        using var put = await Client.Http.PutAsync((string)transfer["url"]!, new ByteArrayContent(TestTree.Tar("a=2")));
        Assert.Equal(HttpStatusCode.PreconditionFailed, put.StatusCode);
        var ended = await GetAsync(transfer);
        Assert.Equal(("failed", "preconditionFailed"), ((string)ended["state"]!, (string)ended["error"]!["name"]!));
        Assert.Equal("1", await Client.Http.GetStringAsync("/flists/local/late/files/a"));
    }

    [Fact]
    public async Task A_transfer_that_is_cancelled_in_the_middle_leaves_nothing()
    {
        (await Client.Http.PutFlistAsync("local/kept", TestTree.Tar("a=1"))).ShouldSucceed();
        var before = await KeptState.ReadAsync(Server, Client);
        var transfer = await Client.CallAsync("flists.upload", """{"name":"broken"}""");
        var tar = TestTree.Tar(("a", TestTree.Noise(random, 40 << 20)), ("b", TestTree.Noise(random, 8 << 20)));
        using var body = new PausedContent(tar, 44 << 20);
        var put = Client.Http.PutAsync((string)transfer["url"]!, body);

        // It tells how far it is while it runs: a whole batch of blocks was stored by then.
        await Eventually.HoldsAsync(async () => (int)(await GetAsync(transfer))["items"]! >= 80, async () => $"{await GetAsync(transfer)}");
        Assert.Equal("running", (string)(await GetAsync(transfer))["state"]!);
        Assert.True((await KeptState.ReadAsync(Server, Client)).Blobs.Length > before.Blobs.Length);
        await Client.CallAsync("transfers.cancel", $$"""{"id":"{{transfer["id"]}}"}""");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => put);
        await before.ShouldReturnAsync(Server, Client);
        Assert.Equal("cancelled", (string)(await GetAsync(transfer))["state"]!);

        (await Client.Http.PutFlistAsync("local/broken", tar)).ShouldSucceed();
        Assert.Equal(0, (int)(await Client.Http.VerifyFlistAsync("local/broken"))["missingCount"]!);
    }

    [Fact]
    public async Task A_download_that_is_cancelled_in_the_middle_ends_and_holds_nothing()
    {
        (await Client.Http.PutFlistAsync("local/long", TestTree.Tar(("a", TestTree.Noise(random, 32 << 20))))).ShouldSucceed();
        var transfer = await Client.CallAsync("flists.download", """{"name":"long","format":"tar"}""");
        using (var response = await Client.Http.GetAsync((string)transfer["url"]!, HttpCompletionOption.ResponseHeadersRead))
        {
            await using var body = await response.Content.ReadAsStreamAsync();
            await body.ReadExactlyAsync(new byte[1 << 20]);

            // Deleted while it is read: the blobs go when the reader has finished, and not before.
            var deletion = await Client.Http.DeleteFlistAsync("local/long");
            Assert.True((bool)deletion["deferred"]!);
            Assert.Equal(64, (int)deletion["blobs"]!);
            Assert.NotEqual("", (await KeptState.ReadAsync(Server, Client)).Blobs);
            await Client.CallAsync("transfers.cancel", $$"""{"id":"{{transfer["id"]}}"}""");
            await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
        }

        await new KeptState("", "", "", "", 0).ShouldReturnAsync(Server, Client);
        Assert.Equal("cancelled", (string)(await GetAsync(transfer))["state"]!);
    }

    [Fact]
    public async Task The_journal_says_what_was_done_to_which_flist()
    {
        (await Client.Http.PutFlistAsync("local/noted", TestTree.Tar("a=12345"))).ShouldSucceed();
        (await Client.Http.PutFlistAsync("local/noted", TestTree.Tar("a=12345"))).ShouldSucceed();
        (await Client.Http.PutFlistAsync("local/noted", "no archive"u8.ToArray())).ShouldFail(400, "invalidParams", "");
        await Client.Http.GetByteArrayAsync("/flists/local/noted");
        await Client.Http.GetByteArrayAsync("/flists/local/noted?format=tar");
        await Client.Http.GetByteArrayAsync("/flists/local/noted/files/a");
        await Client.Http.VerifyFlistAsync("local/noted");
        await Client.Http.DeleteFlistAsync("local/noted");

        await Eventually.HoldsAsync(async () => (await EntriesAsync("flists.delete")).Length == 1 && (await EntriesAsync("GET /flists/{account}/{name}/files/{**path}")).Length == 1, "The entries do not come.");
        var puts = await EntriesAsync("PUT /flists/{account}/{name}");
        Assert.Equal(["ok", "ok", "invalidParams"], puts.Select(entry => (string)entry["outcome"]!));
        Assert.All(puts, entry => Assert.Equal("local/noted", (string)entry["subject"]!));
        Assert.Equal("created, 1 blobs stored", (string)puts[0]["detail"]!);
        Assert.Equal("unchanged, 0 blobs stored", (string)puts[1]["detail"]!);
        Assert.Equal(1, (int)puts[0]["blobsIn"]!);

        var gets = await EntriesAsync("GET /flists/{account}/{name}");
        Assert.Equal([0, 1], gets.Select(entry => (int?)entry["blobsOut"] ?? 0));
        Assert.All(gets, entry => Assert.True((long)entry["bytesOut"]! > 0));
        var file = Assert.Single(await EntriesAsync("GET /flists/{account}/{name}/files/{**path}"));
        Assert.Equal(("local/noted:a", 5), ((string)file["subject"]!, (int)file["bytesOut"]!));
        Assert.Equal("local/noted", (string)Assert.Single(await EntriesAsync("flists.verify"))["subject"]!);
        var deleted = Assert.Single(await EntriesAsync("flists.delete"));
        Assert.Equal("local/noted", (string)deleted["subject"]!);
        Assert.StartsWith("1 blobs, ", (string)deleted["detail"]!);
    }

    private Task<JsonNode> GetAsync(JsonNode transfer) => Client.CallAsync("transfers.get", $$"""{"id":"{{transfer["id"]}}"}""");

    private async Task<JsonNode[]> EntriesAsync(string method)
    {
        var page = await Client.CallAsync("journal.query", new JsonObject { ["method"] = method, ["order"] = "oldest" }.ToJsonString());
        return [.. page["entries"]!.AsArray().Select(entry => entry!)];
    }
}
