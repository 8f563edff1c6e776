using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Flists.Registry;

namespace RpcStore.Core.Uploads;

/// <summary>
/// Makes flists of uploaded files that are <c>.fl</c> files: <c>rfs website-publish</c> and <c>rfs upload-dir</c> upload them as any other
/// file. The flist belongs to the account of the file, is private, is named <c>rfs-</c> and the file's hash, and keeps the blobs that it
/// names. Safe to use from any thread.
/// </summary>
/// <param name="uploads">Where files are.</param>
/// <param name="registry">Where flists are.</param>
/// <param name="uploader">Makes them.</param>
public sealed class UploadedFlists(FileUploads uploads, FlistRegistry registry, FlistUploader uploader)
{
    // sqlite.org/fileformat2.html#magic_header_string
    private static ReadOnlySpan<byte> SqliteMagic => "SQLite format 3\0"u8;

    /// <summary>The flist that is made of a file.</summary>
    public static FlistKey KeyOf(UploadedFile file) => new(file.Account, $"rfs-{file.Hash}");

    /// <summary>Makes a flist of a complete file, if it is a <c>.fl</c> file that can be served; otherwise it stays just a file.</summary>
    /// <returns>Null when there is a flist of it; otherwise why there is none, for a person.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Full"/> or <see cref="Fault.Unavailable"/>: it cannot be told now.</exception>
    public async Task<string?> TryRegisterAsync(UploadedFile file, CancellationToken cancellationToken = default)
    {
        if (!await BeginsAsDatabaseAsync(file, cancellationToken))
        {
            return "it is no .fl file";
        }

        try
        {
            await registry.GetAsync(KeyOf(file), FlistViewer.All, cancellationToken);
            return null;
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound)
        {
            // The usual case: it is made below.
        }

        try
        {
            await using var bytes = new PiecesStream(uploads.ReadAsync(file, 0, file.Bytes, static _ => { }, cancellationToken));
            await uploader.RunAsync(new FlistUploadOrder(KeyOf(file)), bytes, static (_, _) => { }, cancellationToken);
            return null;
        }
        catch (StoreException e) when (e.Fault is Fault.Invalid or Fault.TooLarge or Fault.NotFound or Fault.Corrupt)
        {
            return e.Message;
        }
        catch (BlobsMissingException e)
        {
            return e.Message;
        }
    }

    /// <summary>Opens the flist of a file for reading.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is no such file, or no flist of it.</exception>
    public async Task<FlistLease> OpenAsync(FileHash hash, CancellationToken cancellationToken = default)
    {
        var file = await uploads.GetAsync(hash, readsContent: false, cancellationToken);
        return await registry.OpenAsync(KeyOf(file), FlistViewer.All, cancellationToken);
    }

    /// <summary>Deletes a file, the flist of it, and the blobs that nothing else needs.</summary>
    /// <returns>The blobs that were removed, and their sizes together.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such file; <see cref="Fault.Conflict"/>: the flist is published.
    /// </exception>
    public async Task<(long Blobs, long Bytes)> DeleteAsync(FileHash hash, CancellationToken cancellationToken = default)
    {
        var file = await uploads.FindAsync(hash, cancellationToken);
        var ofFlist = new FlistDeletion(0, 0, 0, IsDeferred: false);
        try
        {
            (_, ofFlist) = await registry.DeleteAsync(KeyOf(file), condition: null, cancellationToken);
        }
        catch (StoreException e) when (e.Fault == Fault.NotFound)
        {
            // Most files are no flists.
        }

        var (blobs, bytes) = await uploads.DeleteAsync(hash, cancellationToken);
        return (blobs + ofFlist.Blobs, bytes + ofFlist.Bytes);
    }

    private async Task<bool> BeginsAsDatabaseAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        var start = new byte[SqliteMagic.Length];
        if (file.Bytes < start.Length)
        {
            return false;
        }

        var filled = 0;
        await foreach (var piece in uploads.ReadAsync(file, 0, start.Length, static _ => { }, cancellationToken))
        {
            piece.CopyTo(start.AsMemory(filled));
            filled += piece.Length;
        }

        return SqliteMagic.SequenceEqual(start);
    }
}
