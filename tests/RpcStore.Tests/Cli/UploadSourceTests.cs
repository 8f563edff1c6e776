using System.Formats.Tar;
using System.IO.Compression;
using RpcStore.Cli;
using RpcStore.Cli.Input;
using RpcStore.Tests.Client;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>What an argument of an upload is: told by what is there, not by its name.</summary>
public sealed class UploadSourceTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(TarEntryFormat.V7)]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void A_tar_of_any_kind_is_a_batch_and_so_is_gzip_of_it(TarEntryFormat format)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, format, leaveOpen: true))
        {
            writer.WriteEntry(NewEntry(format));
        }

        Assert.Equal(UploadSource.Batch, UploadSource.Recognize(folder.Write("some.name", tar.ToArray())));

        var gzip = new MemoryStream();
        using (var compressed = new GZipStream(gzip, CompressionLevel.Fastest, leaveOpen: true))
        {
            compressed.Write(tar.ToArray());
        }

        Assert.Equal(UploadSource.Batch, UploadSource.Recognize(folder.Write("compressed", gzip.ToArray())));
    }

    [Fact]
    public void An_empty_tar_standard_input_and_a_folder_are_what_they_are()
    {
        Assert.Equal(UploadSource.Batch, UploadSource.Recognize(folder.Write("empty.tar", new byte[1024])));
        Assert.Equal(UploadSource.Batch, UploadSource.Recognize("-"));
        Assert.Equal(UploadSource.Folder, UploadSource.Recognize(folder.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    public void A_file_that_is_no_tar_is_wrong_usage_whatever_its_name(string text)
    {
        var error = Assert.Throws<UsageException>(() =>
            UploadSource.Recognize(folder.Write("x.tar", System.Text.Encoding.UTF8.GetBytes(text))));
        Assert.Contains("blobs put", error.Message);
    }

    [Fact]
    public void What_is_not_there_is_wrong_usage() =>
        Assert.Throws<UsageException>(() => UploadSource.Recognize(folder.File("nowhere")));

    private static TarEntry NewEntry(TarEntryFormat format)
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(TarEntryType.V7RegularFile, "name"),
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, "name"),
            TarEntryFormat.Pax => new PaxTarEntry(TarEntryType.RegularFile, "name"),
            _ => new GnuTarEntry(TarEntryType.RegularFile, "name"),
        };
        entry.DataStream = new MemoryStream("content"u8.ToArray());
        return entry;
    }
}
