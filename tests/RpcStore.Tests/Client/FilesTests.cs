using System.Security.Cryptography;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Client.Files;
using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>What the client does with files on its own side.</summary>
public sealed class FilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_partial_file_has_its_name_only_when_it_is_committed()
    {
        var path = folder.Write("out", "old"u8.ToArray());
        await using (var file = PartialFile.Create(path))
        {
            await file.Stream.WriteAsync("new"u8.ToArray());
            Assert.Equal("old", await File.ReadAllTextAsync(path));
            await file.CommitAsync();
        }

        Assert.Equal("new", await File.ReadAllTextAsync(path));
        Assert.Equal(["out"], Names());
    }

    [Fact]
    public async Task A_partial_file_that_is_not_committed_leaves_nothing()
    {
        var path = folder.File("out");
        await using (var file = PartialFile.Create(path))
        {
            await file.Stream.WriteAsync("half"u8.ToArray());
        }

        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_partial_file_cannot_be_written_twice_at_once()
    {
        await using var first = PartialFile.Create(folder.File("out"));
        Assert.Throws<IOException>(() => PartialFile.Create(folder.File("out")));
    }

    [Fact]
    public async Task A_link_stays_a_link_and_what_it_leads_to_is_replaced()
    {
        var target = folder.Write("target", "old"u8.ToArray());
        File.CreateSymbolicLink(folder.File("link"), target);
        await using (var file = PartialFile.Create(folder.File("link")))
        {
            await file.Stream.WriteAsync("new"u8.ToArray());
            await file.CommitAsync();
        }

        Assert.Equal("new", await File.ReadAllTextAsync(target));
        Assert.NotNull(new FileInfo(folder.File("link")).LinkTarget);
    }

    [Fact]
    public async Task A_device_is_written_and_not_replaced()
    {
        await using (var file = PartialFile.Create("/dev/null"))
        {
            await file.Stream.WriteAsync("gone"u8.ToArray());
            await file.CommitAsync();
        }

        Assert.False(FileKind.IsRegular("/dev/null"));
        Assert.False(File.Exists("/dev/null.part"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(1_000_000)]
    public async Task A_stream_that_is_kept_aside_can_be_read_again(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var options = RpcStoreClientOptions.Default with { SpoolMemoryBytes = 1, SpoolDirectory = folder.Path };
        using (var content = await SpooledContent.ReadAsync(new MemoryStream(bytes), DigestFunction.Blake2b, options, CancellationToken.None))
        {
            Assert.Equal(BlobId.Compute(DigestFunction.Blake2b, bytes), content.Id);
            Assert.Equal(size, content.Size);
            for (var time = 0; time < 2; time++)
            {
                await using var stream = content.Open();
                var copy = new MemoryStream();
                await stream.CopyToAsync(copy);
                Assert.Equal(bytes, copy.ToArray());
            }
        }

        Assert.Empty(Names());
    }

    [Fact]
    public async Task A_stream_that_fails_leaves_no_temporary_file()
    {
        var options = RpcStoreClientOptions.Default with { SpoolMemoryBytes = 1, SpoolDirectory = folder.Path };
        var source = new FailingStream(bytesBefore: 200_000);
        await Assert.ThrowsAsync<IOException>(() => SpooledContent.ReadAsync(source, DigestFunction.Sha256, options, CancellationToken.None));
        Assert.Empty(Names());
    }

    [Fact]
    public void A_folder_gives_its_files_in_order_and_neither_links_nor_pipes()
    {
        foreach (var name in (string[])["b/2", "b/10", "a", "c/d/e", "z"])
        {
            folder.Write(name, []);
        }

        File.CreateSymbolicLink(folder.File("link"), folder.File("a"));
        Directory.CreateSymbolicLink(folder.File("loop"), folder.Path);
        Directory.CreateDirectory(folder.File("empty"));
        var names = BlobSource.FromFolder(folder.Path).Select(source => Path.GetRelativePath(folder.Path, source.Name));
        Assert.Equal(["a", "b/10", "b/2", "c/d/e", "z"], names);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_at_once() =>
        Assert.Throws<DirectoryNotFoundException>(() => BlobSource.FromFolder(folder.File("nowhere")));

    private IEnumerable<string?> Names() => Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName);

    private sealed class FailingStream(int bytesBefore) : MemoryStream(new byte[bytesBefore])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            return read > 0 ? read : throw new IOException("the source broke");
        }
    }
}
