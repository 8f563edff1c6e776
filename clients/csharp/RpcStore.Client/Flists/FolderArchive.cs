using System.Formats.Tar;
using System.Net;
using RpcStore.Client.Bulk;
using RpcStore.Client.Http;

namespace RpcStore.Client.Flists;

/// <summary>
/// The body of an upload: a folder as a tar, made while it is sent. Entries come in the order of their names, so that the same
/// folder gives the same bytes; links are kept as links; sockets, which no tar holds, are left out.
/// </summary>
internal sealed class FolderArchive : HttpContent
{
    private readonly string folder;
    private readonly ProgressCounter progress;

    /// <summary>An archive of all that is in a folder, and of the folder itself as the root.</summary>
    public FolderArchive(string folder, ProgressCounter progress)
    {
        (this.folder, this.progress) = (folder, progress);
        Headers.ContentType = new("application/x-tar");
    }

    /// <inheritdoc/>
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var buffered = new BufferedStream(stream, TarEntries.BufferSize);
        var tar = new TarWriter(buffered, TarEntryFormat.Pax, leaveOpen: true);
        try
        {
            await tar.WriteEntryAsync(folder, "./", cancellationToken).ConfigureAwait(false);
            await WriteAsync(tar, new DirectoryInfo(folder), "", cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException)
        {
            // About a file on this side; without its end the server takes nothing of the archive.
            throw new BodySourceException(e);
        }

        // Only now: what was broken off must not get the blocks that say it is whole.
        await tar.DisposeAsync().ConfigureAwait(false);
        await buffered.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    private async Task WriteAsync(TarWriter tar, DirectoryInfo directory, string prefix, CancellationToken cancellationToken)
    {
        var entries = directory.GetFileSystemInfos();
        Array.Sort(entries, static (left, right) => string.CompareOrdinal(left.Name, right.Name));
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var path = prefix + entry.Name;
            var isFolder = entry is DirectoryInfo && entry.LinkTarget is null;
            if (Files.FileKind.IsSocket(entry.FullName))
            {
                continue;
            }

            await tar.WriteEntryAsync(entry.FullName, isFolder ? path + "/" : path, cancellationToken).ConfigureAwait(false);
            if (isFolder)
            {
                await WriteAsync(tar, (DirectoryInfo)entry, path + "/", cancellationToken).ConfigureAwait(false);
            }
            else if (entry is FileInfo { LinkTarget: null } file)
            {
                progress.Expect(1, file.Length);
                progress.Move(file.Length);
                progress.Complete(1);
            }
        }
    }
}
