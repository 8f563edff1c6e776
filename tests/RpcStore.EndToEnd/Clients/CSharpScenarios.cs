using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Client.Flists;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.EndToEnd.Flists;
using RpcStore.JsonRpc;
using RpcStore.Keys;

namespace RpcStore.EndToEnd.Clients;

/// <summary>The scenarios with the C# client.</summary>
internal sealed class CSharpScenarios(Scenario scenario)
{
    private const int Mebibyte = 1 << 20;

    // What a program with this client cannot bring about: it writes well-formed requests, gives a cancelled call up before its
    // answer, and should neither break the server's disk nor lock its own address out.
    private static readonly string[] NotProvoked =
        ["parseError", "invalidRequest", "internal", "requestCancelled", "rateLimited", "unavailable", "insufficientStorage"];

    private bool IsHttp => scenario.Url.StartsWith("http:", StringComparison.Ordinal);

    /// <summary>Plays it.</summary>
    /// <returns>Why it failed; nothing when it passed.</returns>
    public static async Task<string> PlayAsync(Scenario scenario)
    {
        var scenarios = new CSharpScenarios(scenario);
        try
        {
            await (scenario.Name switch
            {
                "handshake" => scenarios.HandshakeAsync(),
                "login" => scenarios.LoginAsync(),
                "forbidden" => scenarios.ForbiddenAsync(),
                "errors" => scenarios.ErrorsAsync(),
                "has" => scenarios.HasAsync(),
                "batch" => scenarios.BatchAsync(),
                "flists" => scenarios.FlistsAsync(),
                "cancel" => scenarios.CancelAsync(),
                "slow-reader" => scenarios.SlowReaderAsync(),
                "restart" => scenarios.RestartAsync(),
                _ => throw new InvalidOperationException($"There is no scenario '{scenario.Name}'."),
            });
            return "";
        }
        catch (Exception e) when (e is not OperationCanceledException || !TestContext.Current.CancellationToken.IsCancellationRequested)
        {
            return e.ToString();
        }
    }

    private async Task HandshakeAsync()
    {
        await using var client = Connect();
        Assert.Matches("^[0-9a-f]{32}$", (await client.Server.InfoAsync()).ServerId);
        var document = await client.Rpc.DiscoverAsync();
        Assert.Equal(ContractInfo.Version, document.GetProperty("info").GetProperty("version").GetString());
        var offered = document.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("name").GetString()).ToHashSet();
        Assert.All(ContractInfo.Methods, method => Assert.Contains(method.Name, offered));
    }

    private async Task LoginAsync()
    {
        await using var client = await ConnectAsync(scenario.UserKey);
        var identity = await client.Auth.WhoamiAsync();
        Assert.Equal(("reader", Role.User), (identity.Account, identity.Role));
        Assert.StartsWith("SHA256:", identity.Fingerprint, StringComparison.Ordinal);
        await client.LogoutAsync();
        Assert.Null((await client.Auth.WhoamiAsync()).SessionId);
    }

    private async Task ForbiddenAsync()
    {
        await using var guest = Connect();
        if ((await guest.Auth.WhoamiAsync()).Role == Role.Guest)
        {
            await ExpectAsync(ErrorNames.Unauthenticated, ErrorCodes.Unauthenticated, () => guest.Accounts.ListAsync());
        }

        await using var user = await ConnectAsync(scenario.UserKey);
        await ExpectAsync(ErrorNames.Forbidden, ErrorCodes.Forbidden, () => user.Accounts.ListAsync());
    }

    private async Task ErrorsAsync()
    {
        await using var user = await ConnectAsync(scenario.UserKey);
        await using var admin = await ConnectAsync(scenario.AdminKey);
        var absent = IdOf(NewBytes(100));
        var seen = NotProvoked.ToHashSet();
        async Task<JsonNode> Sees<T>(string name, int code, Func<ValueTask<T>> call)
        {
            seen.Add(name);
            return await ExpectAsync(name, code, call);
        }

        using var wrong = JsonDocument.Parse("""{"id":"xyz"}""");
        var pointer = await Sees(ErrorNames.InvalidParams, ErrorCodes.InvalidParams, () => user.CallAsync("blobs.get", wrong.RootElement));
        Assert.Equal("/id", (string?)pointer["pointer"]);
        await Sees(ErrorNames.MethodNotFound, ErrorCodes.MethodNotFound, () => user.CallAsync("no.such", wrong.RootElement));
        await Sees(ErrorNames.Unauthenticated, ErrorCodes.Unauthenticated, () => user.Auth.LoginAsync(
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINdamAGCsQq31Uv+08lkBzoO4XLz2qYjJa8CGmj3B1Ea", "none", "AAAA"));
        Assert.Equal("admin", (string?)(await Sees(ErrorNames.Forbidden, ErrorCodes.Forbidden, () => user.Blobs.ListAsync()))["access"]);
        await Sees(ErrorNames.NotFound, ErrorCodes.NotFound, () => user.Blobs.GetAsync(absent));
        await Sees(ErrorNames.PreconditionFailed, ErrorCodes.PreconditionFailed, () => admin.Flists.UploadAsync("no-such", ifMatch: new string('0', 64)));
        var limits = (await user.Server.InfoAsync()).Limits;
        var tooLarge = await Sees(ErrorNames.TooLarge, ErrorCodes.TooLarge, () => admin.Blobs.PutAsync(new byte[limits.MaxInlineBlobBytes + 1]));
        Assert.Equal(limits.MaxInlineBlobBytes, (long?)tooLarge["maximum"]);
        var mismatch = await Sees(ErrorNames.DigestMismatch, ErrorCodes.DigestMismatch, () => admin.Blobs.PutAsync(new byte[] { 1, 2 }, absent));
        Assert.Equal(absent.ToString(), (string?)mismatch["id"]);
        await Sees(ErrorNames.Conflict, ErrorCodes.Conflict, () => admin.Accounts.CreateAsync("keeper", AccountRole.Admin));

        var document = await user.Rpc.DiscoverAsync();
        Assert.Empty(document.GetProperty("components").GetProperty("errors").EnumerateObject().Select(error => error.Name).Except(seen));
    }

    private async Task HasAsync()
    {
        await using var admin = await ConnectAsync(scenario.AdminKey);
        var blobs = Enumerable.Range(0, 10_000).Select(_ => NewBytes(20)).ToArray();
        var ids = Array.ConvertAll(blobs, IdOf);
        var sent = await admin.Uploads.SendAsync(Sources(blobs.Where((_, i) => i % 10 == 0))).ToListAsync();
        Assert.True(sent.Count == 1_000 && sent.TrueForAll(blob => blob.Status == UploadStatus.Stored));
        var presence = await admin.Blobs.HasAsync(ids);
        Assert.Equal(ids.Where((_, i) => i % 10 == 0), presence.Present.ToArray());
        Assert.Equal(ids.Where((_, i) => i % 10 != 0), presence.Missing.ToArray());
    }

    private async Task BatchAsync()
    {
        await using var admin = await ConnectAsync(scenario.AdminKey);
        int[] sizes = [0, 1, 511, 512, 513, 4_096, 20_000, 65_536, 100_000, 300_001];
        int[] large = [Mebibyte - 1, Mebibyte, Mebibyte + 1, 2 * Mebibyte];
        var blobs = Enumerable.Range(0, 500).Select(i => NewBytes(i % 25 == 24 ? large[i / 25 % 4] : sizes[i % sizes.Length])).ToArray();
        var total = blobs.Sum(blob => (long)blob.Length);
        var progress = new Last();
        var results = await admin.Uploads.SendAsync(Sources(blobs), progress).ToListAsync();
        Assert.True(results.Count == blobs.Length && results.TrueForAll(blob => blob.IsOnServer));
        Assert.Equal(blobs.Length, progress.Value.Items);

        var place = 0;
        await admin.Downloads.ReadAsync(
            blobs.Select(IdOf).ToAsyncEnumerable(),
            async (id, content, stop) =>
            {
                using var bytes = new MemoryStream();
                await content.CopyToAsync(bytes, stop);
                Assert.Equal(IdOf(blobs[place]), id);
                Assert.True(bytes.GetBuffer().AsSpan(0, (int)bytes.Length).SequenceEqual(blobs[place]), $"the bytes of blob {place}");
                place++;
            },
            progress: progress);
        Assert.Equal((blobs.Length, blobs.Length, total), (place, (int)progress.Value.Items, progress.Value.Bytes));
    }

    private async Task FlistsAsync()
    {
        const string Name = "scenario";
        await using var admin = await ConnectAsync(scenario.AdminKey);
        (string Path, byte[] Bytes)[] files = [("empty", []), ("sub/large", NewBytes(600_000)), ("sub/small ä", NewBytes(1_000))];
        var archive = TestTree.Gzip(TestTree.Tar(files));
        var transfers = admin.FlistTransfers;
        var progress = new Last();
        var created = await transfers.UploadAsync(Name, new MemoryStream(archive), new FlistUpload { IfMatch = "none" }, progress);
        Assert.Equal((FlistUploadStatus.Created, 3, true), (created.Status, created.Flist.Files, created.Flist.Complete));
        Assert.Equal(archive.Length, progress.Value.Bytes);
        Assert.Equal(FlistUploadStatus.Unchanged, (await transfers.UploadAsync(Name, new MemoryStream(archive))).Status);

        var broken = await ExpectAsync(
            ErrorNames.InvalidParams, ErrorCodes.InvalidParams, async () => await transfers.UploadAsync("broken", new MemoryStream(archive[..^100])));
        Assert.Contains("gzip", (string?)broken["reason"], StringComparison.Ordinal);
        await ExpectAsync(ErrorNames.NotFound, ErrorCodes.NotFound, () => admin.Flists.GetAsync("broken"));
        await ExpectAsync(
            ErrorNames.PreconditionFailed,
            ErrorCodes.PreconditionFailed,
            async () => await transfers.UploadAsync(Name, new MemoryStream(archive), new FlistUpload { IfMatch = "none" }));

        var tar = await FetchAsync(into => transfers.DownloadAsync(Name, into, format: FlistFormat.Tar));
        Assert.Equal(FlistUploadStatus.Unchanged, (await transfers.UploadAsync(Name, new MemoryStream(tar))).Status);
        foreach (var (path, bytes) in files)
        {
            Assert.Equal(bytes, await FetchAsync(into => transfers.ReadFileAsync(Name, path, into)));
        }

        var fl = await FetchAsync(into => transfers.DownloadAsync(Name, into));
        Assert.Equal(created.Flist.Digest, IdOf(fl).ToString());
        var copy = await transfers.UploadAsync("copy", new MemoryStream(fl));
        Assert.Equal((FlistUploadStatus.Created, created.Flist.Digest), (copy.Status, copy.Flist.Digest));
        Assert.Equal(0, (await admin.Flists.DeleteAsync("copy")).Blobs);
        Assert.Equal(created.Flist.Blobs, (await admin.Flists.DeleteAsync(Name)).Blobs);
        var missing = await ExpectAsync(
            ErrorNames.NotFound, ErrorCodes.NotFound, async () => await transfers.UploadAsync("copy", new MemoryStream(fl)));
        Assert.Equal(created.Flist.Blobs, (long?)missing["missingCount"]);
    }

    private async Task CancelAsync()
    {
        await using var admin = await ConnectAsync(scenario.AdminKey);
        var whole = NewBytes(32 * Mebibyte);
        await admin.Uploads.PutAsync(new MemoryStream(whole));
        using (var stop = new CancellationTokenSource())
        {
            var call = LongCallAsync(admin, stop.Token);
            await admin.Server.InfoAsync();
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
            await admin.Server.InfoAsync();
        }

        using (var stop = new CancellationTokenSource())
        {
            var stalled = new StallingStream();
            var upload = SendBatchAsync(admin, stalled, stop.Token);
            await stalled.Waiting;
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => upload);
        }

        using (var stop = new CancellationTokenSource())
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => admin.Downloads.ReadAsync(
                new[] { IdOf(whole) }.ToAsyncEnumerable(),
                async (_, content, token) =>
                {
                    await content.ReadExactlyAsync(new byte[1000], token);
                    await stop.CancelAsync();
                    await content.CopyToAsync(Stream.Null, token);
                },
                cancellationToken: stop.Token));
        }

        await admin.Server.InfoAsync();
    }

    private async Task SlowReaderAsync()
    {
        await using var admin = await ConnectAsync(scenario.AdminKey);
        var bytes = NewBytes(64 * Mebibyte);
        await admin.Uploads.PutAsync(new MemoryStream(bytes));
        var (read, answered, ahead) = (0L, 0, 0L);
        await admin.Downloads.ReadAsync(
            new[] { IdOf(bytes) }.ToAsyncEnumerable(),
            async (_, content, stop) =>
            {
                var buffer = new byte[10_000];
                while (await content.ReadAsync(buffer, stop) is > 0 and var count)
                {
                    read += count;
                    if (read >= (answered + 1L) * Mebibyte)
                    {
                        var transfers = await admin.Transfers.ListAsync(TransferState.Running, cancellationToken: stop);
                        ahead = Math.Max(ahead, transfers.Transfers.Select(transfer => transfer.Bytes - read).DefaultIfEmpty().Max());
                        answered++;
                    }
                }
            });
        Assert.Equal((bytes.Length, 64), (read, answered));

        // What the server has sent and nobody has read is in sockets and in the client.
        Assert.InRange(ahead, 1, 24L * Mebibyte);
    }

    private async Task RestartAsync()
    {
        await using var admin = await ConnectAsync(scenario.AdminKey);
        await using var guest = Connect();
        await guest.Server.InfoAsync();
        var stalled = new StallingStream();
        var pending = new List<Task> { SendBatchAsync(admin, stalled, default) };
        if (!IsHttp)
        {
            pending.Add(LongCallAsync(admin, default));
        }

        await stalled.Waiting;
        await admin.Server.InfoAsync();
        await scenario.RestartAsync();

        // HTTP notices a connection that broke when it has something to send.
        stalled.GoOn();
        foreach (var task in pending)
        {
            await Assert.ThrowsAsync<RpcConnectionLostException>(() => task.WaitAsync(TimeSpan.FromSeconds(30)));
        }

        // The same client connects anew by itself, and so does another one.
        await guest.Server.InfoAsync();
        await using var again = await ConnectAsync(scenario.AdminKey);
        Assert.Equal(Role.Admin, (await again.Auth.WhoamiAsync()).Role);
    }

    /// <summary>A call that is not answered soon: a watch of the journal has no end; over HTTP, where it cannot be, a look at every blob.</summary>
    private Task LongCallAsync(RpcStoreClient client, CancellationToken cancellationToken) => IsHttp
        ? client.Blobs.ScrubAsync(wait: true, cancellationToken: cancellationToken).AsTask()
        : client.Journal.WatchAsync(new Progress<JournalEntry>(), cancellationToken: cancellationToken).AsTask();

    private static async Task<byte[]> FetchAsync(Func<Stream, Task<long>> fetchAsync)
    {
        using var bytes = new MemoryStream();
        Assert.Equal(await fetchAsync(bytes), bytes.Length);
        return bytes.ToArray();
    }

    private static async Task SendBatchAsync(RpcStoreClient client, Stream batch, CancellationToken cancellationToken)
    {
        await foreach (var _ in client.Uploads.SendBatchAsync(batch, cancellationToken: cancellationToken))
        {
            // The batch never gets to a result.
        }
    }

    private RpcStoreClient Connect() => RpcStoreClient.Connect(scenario.Url);

    private async Task<RpcStoreClient> ConnectAsync(string key)
    {
        var client = Connect();
        using var secret = PrivateKeyFile.Read(key);
        await client.LoginAsync(secret);
        return client;
    }

    private static async Task<JsonNode> ExpectAsync<T>(string name, int code, Func<ValueTask<T>> call)
    {
        var thrown = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal((code, name), (thrown.Error.Code, (string?)thrown.Error.Data?["name"]));
        return thrown.Error.Data!;
    }

    private static async IAsyncEnumerable<BlobSource> Sources(IEnumerable<byte[]> blobs)
    {
        await Task.CompletedTask;
        foreach (var blob in blobs)
        {
            yield return BlobSource.FromBytes("blob", blob);
        }
    }

    private static byte[] NewBytes(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        return bytes;
    }

    private static BlobId IdOf(byte[] bytes) => BlobId.Compute(Digests.DigestFunction.Sha256, bytes);

    private sealed class Last : IProgress<TransferProgress>
    {
        public TransferProgress Value { get; private set; }

        public void Report(TransferProgress value) => Value = value;
    }

    /// <summary>The beginning of a batch, and nothing more until it is told to go on without an end.</summary>
    private sealed class StallingStream : Stream
    {
        private readonly TaskCompletionSource waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource goingOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool hasBegun;

        /// <summary>Ends when the beginning is on its way and the rest is waited for.</summary>
        public Task Waiting => waiting.Task;

        public void GoOn() => goingOn.TrySetResult();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!hasBegun)
            {
                hasBegun = true;
                return 1;
            }

            waiting.TrySetResult();
            await goingOn.Task.WaitAsync(cancellationToken);
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
