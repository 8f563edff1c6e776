using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>Files that were changed behind the server's back: wrong bytes never leave, and the server goes on.</summary>
public sealed class CorruptionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    // The tests of a class share a server: no two of them may make the same blob.
    private static int next;

    private readonly Random random = new(FaultRun.Seed + Interlocked.Increment(ref next));

    private string Data => fixture.Server.Data;

    [Fact]
    public async Task Any_flipped_bit_is_found_quarantined_and_reported_and_the_blob_can_be_stored_again()
    {
        using var client = new AdminClient(fixture.Socket);
        var blob = TestBlob.Random(random, FaultRun.Pick(12, 100));
        for (var bit = 0; bit < blob.Bytes.Length * 8; bit++)
        {
            await client.PutAsync(blob.Bytes);
            var flipped = (byte[])blob.Bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            await AssertQuarantinedAsync(client, blob, flipped, byCall: bit % 2 == 0);
        }
    }

    [Fact]
    public async Task Truncated_and_extended_files_are_found_whatever_their_length()
    {
        using var client = new AdminClient(fixture.Socket);
        foreach (var size in (int[])[1, 2, 4096, 300_000])
        {
            var blob = TestBlob.Random(random, size);
            foreach (var length in (int[])[0, size / 2, size - 1, size + 1, size * 2])
            {
                if (length == size)
                {
                    continue;
                }

                await client.PutAsync(blob.Bytes);
                await AssertQuarantinedAsync(client, blob, [.. blob.Bytes, .. blob.Bytes, 0], byCall: length % 2 == 0, length);
            }
        }
    }

    [Fact]
    public async Task Verify_and_scrub_find_what_nobody_reads()
    {
        using var client = new AdminClient(fixture.Socket);
        var blobs = TestBlob.RandomMany(random, 10, 5000);
        await client.PostBatchAsync(blobs);
        foreach (var blob in blobs)
        {
            await OverwriteAsync(blob, [.. blob.Bytes, 0]);
        }

        var verified = await client.CallAsync("blobs.verify", AdminClient.IdsOf(blobs.Take(5).Select(blob => blob.Id)));
        Assert.Equal(blobs.Take(5).Select(blob => blob.Id).ToHashSet(), AdminClient.Ids(verified, "corrupt"));
        var scrub = await client.CallAsync("blobs.scrub", """{"wait":true}""");
        Assert.Equal(blobs.Skip(5).Select(blob => blob.Id).ToHashSet(), AdminClient.Ids(scrub, "corrupt"));
        Assert.Empty(await client.FindAsync(blobs.Select(blob => blob.Id)));
        Assert.All(blobs, blob => Assert.Equal(1, Quarantined(blob)));
    }

    [Fact]
    public async Task A_large_blob_whose_end_is_wrong_is_never_served_to_its_end()
    {
        using var client = new AdminClient(fixture.Socket);
        var blob = TestBlob.Random(random, 3 << 20);
        await client.PostBatchAsync([blob]);
        var wrong = (byte[])blob.Bytes.Clone();
        wrong[^1] ^= 1;
        await OverwriteAsync(blob, wrong);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.Http.GetByteArrayAsync("/blobs/" + blob.Id));
        Assert.Equal(1, Quarantined(blob));
    }

    [Theory]
    [InlineData("mkdir {0}")]
    [InlineData("mkfifo {0}")]
    [InlineData("ln -s /etc/passwd {0}")]
    public async Task What_is_no_file_where_a_blob_should_be_is_no_blob(string make)
    {
        using var client = new AdminClient(fixture.Socket);
        var blob = TestBlob.Random(random, 100);
        var file = blob.FileIn(Data);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        (await Command.ShellAsync(string.Format(make, file))).ShouldSucceed();

        Assert.Equal("notFound", (await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(blob.Id))).Name);
        Assert.Empty(await client.FindAsync([blob.Id]));
        Assert.DoesNotContain(blob.Id, (await client.ListAsync()).Keys);
        await client.CallAsync("blobs.scrub", """{"wait":true}""");
        (await Command.ShellAsync($"rm -r {file}")).ShouldSucceed();
        await client.PutAsync(blob.Bytes);
        Assert.Equal(blob.Bytes, await client.GetAsync(blob.Id));
    }

    [Fact]
    public async Task A_file_where_a_folder_should_be_is_told_and_hinders_nobody_else()
    {
        using var client = new AdminClient(fixture.Socket);
        var blob = TestBlob.Random(random, 100);
        var other = TestBlob.Random(random, 101);
        var folder = Path.GetDirectoryName(blob.FileIn(Data))!;
        Directory.CreateDirectory(Path.GetDirectoryName(folder)!);
        await File.WriteAllTextAsync(folder, "no folder");

        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.PutAsync(blob.Bytes))).Name);
        Assert.Equal("unavailable", (await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(blob.Id))).Name);
        Assert.Empty(await client.FindAsync([blob.Id]));
        await client.PutAsync(other.Bytes);
        Assert.Contains(other.Id, (await client.ListAsync()).Keys);

        File.Delete(folder);
        await client.PutAsync(blob.Bytes);
        Assert.Equal(blob.Bytes, await client.GetAsync(blob.Id));
    }

    private async Task AssertQuarantinedAsync(AdminClient client, TestBlob blob, byte[] wrong, bool byCall, int? length = null)
    {
        var before = Quarantined(blob);
        await OverwriteAsync(blob, wrong[..(length ?? wrong.Length)]);
        if (byCall)
        {
            var error = await Assert.ThrowsAsync<CallFailedException>(() => client.GetAsync(blob.Id));
            Assert.Equal("digestMismatch", error.Name);
        }
        else
        {
            using var response = await client.Http.GetAsync("/blobs/" + blob.Id);
            Assert.Equal(422, (int)response.StatusCode);
        }

        Assert.Equal(before + 1, Quarantined(blob));
        Assert.Empty(await client.FindAsync([blob.Id]));
        await Eventually.HoldsAsync(() => fixture.Server.Log.Contains(blob.Id, StringComparison.Ordinal), "The log does not tell.");
    }

    private int Quarantined(TestBlob blob) =>
        Directory.EnumerateFiles(Path.Combine(Data, "blobs", "quarantine"), blob.Id + ".*").Count();

    private async Task OverwriteAsync(TestBlob blob, byte[] bytes)
    {
        var file = blob.FileIn(Data);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllBytesAsync(file, bytes);
    }
}
