using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Cancelled, cut or met by the end of the server at every step of an upload and of a download.</summary>
public sealed class StopStepTests : ServerTests, IClassFixture<KeptServer>
{
    private readonly TestBlob[] blobs;
    private readonly byte[] tar;

    public StopStepTests(KeptServer kept)
        : base(kept)
    {
        blobs = [TestBlob.Random(Random, 1000), TestBlob.Random(Random, 4 << 20), TestBlob.Random(Random, 20_000)];
        tar = TestBlob.Tar(blobs);
    }

    /// <summary>Who ends it.</summary>
    public enum End
    {
        /// <summary>Somebody cancels the transfer.</summary>
        Cancel,

        /// <summary>The connection is cut.</summary>
        Drop,

        /// <summary>The server is asked to stop, and has no grace.</summary>
        Stop,
    }

    /// <summary>Where an upload stops, as bytes sent, with the whole entries and the files that the server has by then.</summary>
    public static TheoryData<string, End> UploadSteps => Combine("before the head", "in the head", "in a small entry", "between entries", "in a large entry", "before the end marker", "in the end marker");

    /// <summary>How much of a download was read.</summary>
    public static TheoryData<string, End> DownloadSteps => Combine("before the head", "in the head", "in a small entry", "between entries", "in a large entry");

    /// <inheritdoc/>
    protected override string[] Options => ["--shutdown-grace", "0"];

    [Theory]
    [MemberData(nameof(UploadSteps))]
    public async Task An_upload_that_ends_leaves_nothing_half_done(string step, End end)
    {
        var (sent, items, files) = PlaceOf(step);
        var handles = await HandlesAsync();
        var transfer = await Client.CallAsync("blobs.upload");
        using var own = new AdminClient(Server.Socket);
        using var content = new PausedContent(tar, sent);
        using var drop = new CancellationTokenSource();
        var upload = own.Http.PutAsync(Url(transfer), content, drop.Token);
        await Eventually.HoldsAsync(async () => await IsRunningAsync(transfer, items) && Incoming() == files, step);
        await EndAsync(end, transfer, drop);
        content.Resume();
        await EndsAsync(upload);
        own.Dispose();
        await AssertNothingLeftAsync(end, transfer, handles);
    }

    [Theory]
    [MemberData(nameof(DownloadSteps))]
    public async Task A_download_that_ends_leaves_nothing_open(string step, End end)
    {
        Assert.Equal(200, (await Client.PostBatchAsync(blobs)).Status);
        var (read, _, _) = PlaceOf(step);
        var handles = await HandlesAsync();
        var transfer = await Client.CallAsync("blobs.download", AdminClient.IdsOf(blobs.Select(blob => blob.Id)));
        using var own = new AdminClient(Server.Socket);
        using var drop = new CancellationTokenSource();
        using (var response = await own.Http.GetAsync(Url(transfer), HttpCompletionOption.ResponseHeadersRead, drop.Token))
        {
            var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[read]);
            await EndAsync(end, transfer, drop);
            if (end != End.Drop)
            {
                // The connection is aborted, so that what came is never taken for the whole.
                await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
            }
        }

        own.Dispose();
        await AssertNothingLeftAsync(end, transfer, handles);
        await AssertStoredAsync();
    }

    [Theory]
    [InlineData(End.Cancel, "syncfs")]
    [InlineData(End.Drop, "syncfs")]
    [InlineData(End.Stop, "syncfs")]
    [InlineData(End.Cancel, "rename,renameat,renameat2")]
    [InlineData(End.Stop, "rename,renameat,renameat2")]
    public async Task An_upload_that_is_ended_during_its_commit_is_stored_or_leaves_nothing(End end, string during)
    {
        var many = TestBlob.RandomMany(Random, 8, 5000);
        var handles = await HandlesAsync();
        var transfer = await Client.CallAsync("blobs.upload");
        using var own = new AdminClient(Server.Socket);
        using var drop = new CancellationTokenSource();
        Task<HttpResponseMessage> upload;
        await using (var slow = await Injection.BeginAsync(Server, Folder, during, "delay_enter=300000"))
        {
            upload = own.Http.PutAsync(Url(transfer), new ByteArrayContent(TestBlob.Tar(many)), drop.Token);
            await Eventually.HoldsAsync(() => slow.HasMet, "No commit begins.");
            await EndAsync(end, transfer, drop);
            await EndsAsync(upload);
        }

        own.Dispose();
        await AssertNothingLeftAsync(end, transfer, handles);
    }

    private static TheoryData<string, End> Combine(params string[] steps)
    {
        var data = new TheoryData<string, End>();
        foreach (var step in steps)
        {
            foreach (var end in Enum.GetValues<End>())
            {
                data.Add(step, end);
            }
        }

        return data;
    }

    private (int Sent, int Items, int Files) PlaceOf(string step)
    {
        const int Head = 512;
        var small = Head + 1024;
        return step switch
        {
            "before the head" => (0, 0, 0),
            "in the head" => (200, 0, 0),
            "in a small entry" => (Head + 300, 0, 0),
            "between entries" => (small, 1, 1),
            "in a large entry" => (small + Head + (1 << 20), 1, 2),
            "before the end marker" => (tar.Length - 1024, 3, 3),
            "in the end marker" => (tar.Length - 512, 3, 3),
            _ => throw new ArgumentOutOfRangeException(nameof(step), step, "Not a step."),
        };
    }

    private async Task EndAsync(End end, JsonNode transfer, CancellationTokenSource drop)
    {
        switch (end)
        {
            case End.Cancel:
                await Client.CallAsync("transfers.cancel", Id(transfer));
                break;
            case End.Drop:
                await drop.CancelAsync();
                break;
            default:
                await Server.SignalAsync("TERM");
                await Server.WaitForExitAsync(TimeSpan.FromSeconds(30));
                break;
        }
    }

    private async Task AssertNothingLeftAsync(End end, JsonNode transfer, int handles)
    {
        if (end == End.Stop)
        {
            Assert.Equal(0, await Server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
            Assert.Equal(0, Incoming());
            await RestartAsync();
        }
        else
        {
            await Eventually.HoldsAsync(async () => !await IsRunningAsync(transfer, null), "The transfer is left.");
            await Eventually.HoldsAsync(() => Incoming() == 0, "A file is left.");
            await Eventually.HoldsAsync(
                async () => await HandlesAsync() <= handles + 3,
                () => Task.FromResult($"There were {handles} handles, now there are: {string.Join(' ', Server.Handles())}"));
            Assert.Equal(0, (await Client.CallAsync("server.status"))["runningTransfers"]!.GetValue<int>());
            Assert.DoesNotContain("nobody foresaw", Server.Log, StringComparison.Ordinal);
        }

        await StoredFiles.ShouldAgreeWithAsync(Server.Data, Client, blobs.Select(blob => blob.Id));

        // No lock is left either: the same blobs can be written now.
        await AssertStoredAsync();
    }

    private async Task AssertStoredAsync()
    {
        Assert.Equal(200, (await Client.PostBatchAsync(blobs)).Status);
        foreach (var blob in blobs)
        {
            Assert.Equal(blob.Bytes, await Client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
        }
    }

    private async Task<bool> IsRunningAsync(JsonNode transfer, int? items)
    {
        var now = await Client.CallAsync("transfers.get", Id(transfer));
        return now["state"]!.GetValue<string>() == "running" && (items is null || now["items"]!.GetValue<int>() == items);
    }

    private async Task<int> HandlesAsync()
    {
        await Client.CallAsync("server.status");
        return Server.Handles().Length;
    }

    private int Incoming() => Directory.GetFileSystemEntries(Path.Combine(Server.Data, "blobs", "incoming")).Length;

    private static string Url(JsonNode transfer) => transfer["url"]!.GetValue<string>();

    private static string Id(JsonNode transfer) => $$"""{"id":"{{transfer["id"]!.GetValue<string>()}}"}""";

    private static async Task EndsAsync(Task<HttpResponseMessage> request)
    {
        try
        {
            (await request.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // An answer or a cut: it only must not hang.
        }
    }
}
