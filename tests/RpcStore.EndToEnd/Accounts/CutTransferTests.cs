using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>
/// A session that is revoked while bytes of its account move: they stop, and the journal says how far they came and how it
/// ended.
/// </summary>
public sealed class CutTransferTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    // What the server may have counted and not sent yet: what it holds for a connection, and the chunk that it was about to add.
    private const long UnsentBytes = 1 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // One for all tests, which share a server: blobs that are there already are not written again.
    private static readonly Random Bytes = new(20261121);
    private static int people;

    private readonly AdminClient local = new(fixture.Socket);

    public void Dispose() => local.Dispose();

    [Theory]
    [InlineData("PUT /blobs/{id}")]
    [InlineData("POST /blobs")]
    [InlineData("PUT /transfers/{token}")]
    public async Task An_upload_is_cut(string route)
    {
        using var admin = await CreateAsync("admin");
        using var other = await CreateAsync("admin");
        var isBatch = route != "PUT /blobs/{id}";
        TestBlob[] whole = isBatch ? [.. new[] { 1000, 5000, 100_000 }.Select(size => TestBlob.Random(Bytes, size))] : [];
        var half = TestBlob.Random(Bytes, 4 << 20);
        var body = isBatch ? TestBlob.Tar([.. whole, half]) : half.Bytes;
        var transfer = route.Contains("transfers", StringComparison.Ordinal) ? await admin.Http.CallAsync("blobs.upload") : null;
        var path = transfer is not null ? (string)transfer["url"]! : isBatch ? "/blobs" : "/blobs/" + half.Id;

        using var socket = await ConnectAsync(isLocal: false);
        var proof = transfer is null ? $"Authorization: Bearer {admin.Token}\r\n" : "";
        await SendAsync(socket, $"{route.Split(' ')[0]} {path} HTTP/1.1\r\nHost: x\r\n{proof}Content-Length: {body.Length}\r\n\r\n");
        await SendAsync(socket, body.AsMemory(0, body.Length - (2 << 20)));
        await UntilAsync(() => Task.FromResult(Incoming() == whole.Length + 1));
        await local.CallAsync("auth.revoke", $$"""{"id":"{{admin.SessionId}}"}""");

        Assert.DoesNotContain("HTTP/1.1 2", Encoding.UTF8.GetString(await ReadToEndAsync(socket)));
        await UntilAsync(() => Task.FromResult(Incoming() == 0));
        var entry = await FindEntryAsync(admin.Account, route);
        Assert.Equal("requestCancelled", (string?)entry["outcome"]);
        Assert.Equal((whole.Length, whole.Sum(blob => blob.Bytes.Length)), ((int)entry["blobsIn"]!, (int)entry["bytesIn"]!));
        if (transfer is null)
        {
            Assert.Equal(admin.SessionId, (string?)entry["sessionId"]);
        }
        else
        {
            var ended = await local.CallAsync("transfers.get", $$"""{"id":"{{transfer["id"]}}"}""");
            Assert.Equal("cancelled", (string?)ended["state"]);
            Assert.Equal(((int)entry["blobsIn"]!, (int)entry["bytesIn"]!), ((int)ended["items"]!, (int)ended["bytes"]!));
        }

        // It is as if somebody had cancelled it (spec/tar-batch.md, section 2): what waited to be made durable is dropped. The same
        // bytes can come again, and sessions of others were not touched.
        Assert.Empty(await local.FindAsync([half.Id, .. whole.Select(blob => blob.Id)]));
        using var again = await other.Http.PutAsync("/blobs/" + half.Id, new ByteArrayContent(half.Bytes));
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
    }

    [Theory]
    [InlineData("GET /blobs/{id}", false)]
    [InlineData("GET /blobs/{id}", true)]
    [InlineData("GET /blocks/{ids}", true)]
    [InlineData("POST /blobs/tar", true)]
    [InlineData("GET /transfers/{token}", false)]
    [InlineData("GET /transfers/{token}", true)]
    public async Task A_download_is_cut(string route, bool isLocal)
    {
        using var user = await CreateAsync("user");
        var isBatch = route != "GET /blobs/{id}";
        TestBlob[] blobs = [.. new[] { 1000, 5000, 100_000 }.Take(isBatch ? 3 : 0).Append(16 << 20).Select(size => TestBlob.Random(Bytes, size))];
        Assert.Equal(200, (await local.PostBatchAsync(blobs)).Status);
        var ids = blobs.Select(blob => blob.Id).ToArray();
        var transfer = route.Contains("transfers", StringComparison.Ordinal) ? await user.Http.CallAsync("blobs.download", AdminClient.IdsOf(ids)) : null;
        var path = route.Split(' ')[1]
            .Replace("{id}", ids[0], StringComparison.Ordinal)
            .Replace("{ids}", string.Join(',', ids), StringComparison.Ordinal);
        path = transfer is null ? path : (string)transfer["url"]!;
        var body = route.StartsWith("POST", StringComparison.Ordinal) ? AdminClient.IdsOf(ids) : "";

        using var socket = await ConnectAsync(isLocal);
        var proof = transfer is null ? $"Authorization: Bearer {user.Token}\r\n" : "";
        await SendAsync(socket, $"{route.Split(' ')[0]} {path} HTTP/1.1\r\nHost: x\r\n{proof}Content-Length: {body.Length}\r\n\r\n{body}");
        var first = new byte[200_000];
        for (var length = 0; length < first.Length;)
        {
            length += await socket.ReceiveAsync(first.AsMemory(length)).AsTask().WaitAsync(Patience);
        }

        await local.CallAsync("auth.revoke", $$"""{"id":"{{user.SessionId}}"}""");
        byte[] received = [.. first, .. await ReadToEndAsync(socket)];
        var head = received.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        Assert.StartsWith("HTTP/1.1 200", Encoding.ASCII.GetString(received, 0, head));
        var (count, bytes) = isBatch ? CountTar(received.Length - head, blobs) : (0, received.Length - head);
        Assert.InRange(bytes, 1, blobs.Sum(blob => (long)blob.Bytes.Length) - 1);

        var entry = await FindEntryAsync(user.Account, route);
        Assert.Equal(("requestCancelled", count), ((string?)entry["outcome"], (int)entry["blobsOut"]!));
        var journaled = (long)entry["bytesOut"]!;

        // A socket of this machine hands over all that was written to it. TCP drops what it had not sent when it is cut.
        Assert.InRange(journaled, bytes, isLocal ? bytes + UnsentBytes : blobs.Sum(blob => (long)blob.Bytes.Length) - 1);
        if (transfer is not null)
        {
            var ended = await local.CallAsync("transfers.get", $$"""{"id":"{{transfer["id"]}}"}""");
            Assert.Equal(("cancelled", journaled), ((string?)ended["state"], (long)ended["bytes"]!));
        }
    }

    [Fact]
    public async Task A_download_that_is_not_cut_is_counted_to_the_byte()
    {
        using var user = await CreateAsync("user");
        var blobs = TestBlob.RandomMany(Bytes, 20, 300_000);
        Assert.Equal(200, (await local.PostBatchAsync(blobs)).Status);
        var transfer = await user.Http.CallAsync("blobs.download", AdminClient.IdsOf(blobs.Select(blob => blob.Id)));
        Assert.Equal(TestBlob.Tar(blobs).Length, (await user.Http.GetByteArrayAsync((string)transfer["url"]!)).Length);
        var entry = await FindEntryAsync(user.Account, "GET /transfers/{token}");
        Assert.Equal("ok", (string?)entry["outcome"]);
        Assert.Equal((20, blobs.Sum(blob => (long)blob.Bytes.Length)), ((int)entry["blobsOut"]!, (long)entry["bytesOut"]!));
    }

    [Fact]
    public async Task A_transfer_that_waits_ends_with_its_session()
    {
        using var admin = await CreateAsync("admin");
        var blob = TestBlob.Random(Bytes, 1000);
        await local.PutAsync(blob.Bytes);
        var download = await admin.Http.CallAsync("blobs.download", AdminClient.IdsOf([blob.Id]));
        var upload = await admin.Http.CallAsync("blobs.upload");
        await local.CallAsync("auth.revoke", $$"""{"id":"{{admin.SessionId}}"}""");

        using var guest = fixture.CreateGuestHttpClient();
        using var got = await guest.GetAsync((string)download["url"]!);
        Assert.False(got.IsSuccessStatusCode);
        using var put = await guest.PutAsync((string)upload["url"]!, new ByteArrayContent(TestBlob.Tar([blob])));
        Assert.False(put.IsSuccessStatusCode);
    }

    private Task<Visitor> CreateAsync(string role) =>
        Visitor.CreateAsync(fixture.Server, local, $"{role}-{Interlocked.Increment(ref people)}", role);

    private int Incoming() => Directory.GetFileSystemEntries(Path.Combine(fixture.Server.Data, "blobs", "incoming")).Length;

    /// <summary>Reads are in the journal within a second, changes before they are answered; whoever is cut gets no answer.</summary>
    private async Task<JsonNode> FindEntryAsync(string account, string route)
    {
        JsonNode? found = null;
        await UntilAsync(async () =>
        {
            var page = await local.CallAsync("journal.query", new JsonObject { ["account"] = account, ["method"] = route }.ToJsonString());
            found = page["entries"]!.AsArray().SingleOrDefault();
            return found is not null;
        });
        return found!;
    }

    /// <summary>How many blobs are whole in the first bytes of a batch, and how many bytes of blobs are in them.</summary>
    private static (int Whole, long Bytes) CountTar(long length, IEnumerable<TestBlob> blobs)
    {
        var (whole, bytes) = (0, 0L);
        foreach (var blob in blobs)
        {
            length -= 512;
            var here = Math.Clamp(length, 0, blob.Bytes.Length);
            bytes += here;
            whole += here == blob.Bytes.Length ? 1 : 0;
            length -= (blob.Bytes.Length + 511) / 512 * 512;
        }

        return (whole, bytes);
    }

    private async Task<Socket> ConnectAsync(bool isLocal)
    {
        if (isLocal)
        {
            return await AdminClient.ConnectAsync(fixture.Socket, CancellationToken.None);
        }

        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 64 << 10 };
        await socket.ConnectAsync(IPAddress.Loopback, fixture.Server.Port);
        return socket;
    }

    private static Task SendAsync(Socket socket, string text) => SendAsync(socket, Encoding.ASCII.GetBytes(text));

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes).AsTask().WaitAsync(Patience)..];
        }
    }

    private static async Task<byte[]> ReadToEndAsync(Socket socket)
    {
        var received = new MemoryStream();
        var buffer = new byte[64 << 10];
        try
        {
            for (int read; (read = await socket.ReceiveAsync(buffer).WaitAsync(Patience)) > 0;)
            {
                received.Write(buffer, 0, read);
            }
        }
        catch (SocketException e) when (e.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            // Cut, which is one way to end.
        }

        return received.ToArray();
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        for (var deadline = Environment.TickCount64 + 30_000; !await condition();)
        {
            Assert.True(Environment.TickCount64 < deadline, "It does not come to that.");
            await Task.Delay(10);
        }
    }
}
