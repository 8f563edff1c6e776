using System.Diagnostics;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Transfers that are cancelled, cut or met by the end of the server.</summary>
public sealed class StopTests : ServerTests
{
    private readonly TestBlob large = TestBlob.Random(new Random(FaultRun.Seed), 16 << 20);

    [Fact]
    public async Task An_upload_that_is_cancelled_leaves_nothing()
    {
        var transfer = await Client.CallAsync("blobs.upload");
        using var content = new PausedContent(TestBlob.Tar([large]), 4 << 20);
        var upload = Client.Http.PutAsync(Url(transfer), content);
        await Eventually.HoldsAsync(() => Incoming() > 0, "It does not come to that.");
        await Client.CallAsync("transfers.cancel", Id(transfer));
        await Eventually.HoldsAsync(() => Incoming() == 0, "It does not come to that.");
        content.Resume();
        await EndsAsync(upload);
        await AssertEndedAsync(transfer, "cancelled");
        Assert.Empty(await Client.FindAsync([large.Id]));
    }

    [Fact]
    public async Task An_upload_whose_connection_drops_leaves_nothing()
    {
        var transfer = await Client.CallAsync("blobs.upload");
        using var content = new PausedContent(TestBlob.Tar([large]), 4 << 20);
        using var drop = new CancellationTokenSource();
        var upload = Client.Http.PutAsync(Url(transfer), content, drop.Token);
        await Eventually.HoldsAsync(() => Incoming() > 0, "It does not come to that.");
        await drop.CancelAsync();
        await EndsAsync(upload);
        await Eventually.HoldsAsync(() => Incoming() == 0, "It does not come to that.");
        await AssertEndedAsync(transfer, "cancelled");
        Assert.Empty(await Client.FindAsync([large.Id]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_download_that_is_cancelled_or_dropped_ends(bool cancel)
    {
        Assert.Equal(200, (await Client.PostBatchAsync([large])).Status);
        var transfer = await Client.CallAsync("blobs.download", AdminClient.IdsOf([large.Id]));
        using (var response = await Client.Http.GetAsync(Url(transfer), HttpCompletionOption.ResponseHeadersRead))
        {
            // More than the sockets hold is left when the first bytes have come.
            var stream = await response.EnsureSuccessStatusCode().Content.ReadAsStreamAsync();
            await stream.ReadExactlyAsync(new byte[100_000]);
            if (cancel)
            {
                await Client.CallAsync("transfers.cancel", Id(transfer));
                await Assert.ThrowsAnyAsync<IOException>(() => stream.CopyToAsync(Stream.Null));
            }
        }

        await AssertEndedAsync(transfer, "cancelled");
        Assert.Equal(large.Bytes, await Client.Http.GetByteArrayAsync("/blobs/" + large.Id));
    }

    [Fact]
    public async Task A_busy_server_that_is_asked_to_end_finishes_what_runs()
    {
        using var content = new PausedContent(TestBlob.Tar([large]), 4 << 20);
        var upload = Client.PostBatchAsync(content);
        await Eventually.HoldsAsync(() => Incoming() > 0, "It does not come to that.");
        await Server.SignalAsync("TERM");

        // New connections are refused while the upload goes on.
        using var late = new AdminClient(Server.Socket);
        await Eventually.HoldsAsync(() => !File.Exists(Server.Socket), "It does not come to that.");
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => late.CallAsync("server.status"));
        content.Resume();
        Assert.Equal(200, (await upload).Status);
        Assert.Equal(0, await Server.WaitForExitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal(large.Bytes.Length, StoredFiles.ReadWhole(Server.Data)[large.Id]);
    }

    [Fact]
    public async Task A_second_signal_ends_a_busy_server_at_once()
    {
        using var content = new PausedContent(TestBlob.Tar([large]), 4 << 20);
        var upload = Client.PostBatchAsync(content);
        await Eventually.HoldsAsync(() => Incoming() > 0, "It does not come to that.");
        await Server.SignalAsync("TERM");
        await Eventually.HoldsAsync(() => !File.Exists(Server.Socket), "It does not come to that.");
        await Server.SignalAsync("TERM");
        await Server.WaitForExitAsync(TimeSpan.FromSeconds(20));
        content.Resume();
        await EndsAsync(upload);
        Assert.DoesNotContain(large.Id, StoredFiles.ReadWhole(Server.Data).Keys);
        await using var again = await ServerProcess.StartAsync(Folder.Path);
        using var other = new AdminClient(again.Socket);
        await StoredFiles.ShouldAgreeWithAsync(again.Data, other, [large.Id]);
    }

    [Fact]
    public async Task A_stuck_upload_is_cancelled_when_the_configured_grace_is_over()
    {
        await Server.StopAsync();
        await RestartAsync("--shutdown-grace", "2");
        using var content = new PausedContent(TestBlob.Tar([large]), 4 << 20);
        var upload = Client.PostBatchAsync(content);
        await Eventually.HoldsAsync(() => Incoming() > 0, "It does not come to that.");
        var began = Stopwatch.StartNew();
        await Server.SignalAsync("TERM");
        Assert.Equal(0, await Server.WaitForExitAsync(TimeSpan.FromSeconds(20)));
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10));
        Assert.Equal(0, Incoming());
        Assert.DoesNotContain(large.Id, StoredFiles.ReadWhole(Server.Data).Keys);
        content.Resume();
        await EndsAsync(upload);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("86401")]
    [InlineData("soon")]
    public async Task A_grace_that_is_none_is_wrong_usage(string seconds)
    {
        var result = await Command.RpcStoreAsync("serve", "--data", Folder.File("other"), "--shutdown-grace", seconds);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("--shutdown-grace", result.Error);
    }

    private static string Url(JsonNode transfer) => transfer["url"]!.GetValue<string>();

    private static string Id(JsonNode transfer) => $$"""{"id":"{{transfer["id"]!.GetValue<string>()}}"}""";

    private int Incoming() => Directory.GetFileSystemEntries(Path.Combine(Server.Data, "blobs", "incoming")).Length;

    private async Task AssertEndedAsync(JsonNode transfer, string state)
    {
        var now = await Client.CallAsync("transfers.get", Id(transfer));
        for (var deadline = Environment.TickCount64 + 30_000; now["state"]!.GetValue<string>() == "running" && Environment.TickCount64 < deadline;)
        {
            await Task.Delay(20);
            now = await Client.CallAsync("transfers.get", Id(transfer));
        }

        Assert.Equal(state, now["state"]!.GetValue<string>());
        Assert.Equal(0, (await Client.CallAsync("server.status"))["runningTransfers"]!.GetValue<int>());
    }

    private static async Task EndsAsync<T>(Task<T> request)
    {
        try
        {
            await request.WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or System.Text.Json.JsonException)
        {
            // An answer or a cut: it only must not hang.
        }
    }
}
