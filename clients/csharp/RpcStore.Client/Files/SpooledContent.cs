using System.Buffers;
using RpcStore.Digests;

namespace RpcStore.Client.Files;

/// <summary>
/// The bytes of a stream that can be read only once, kept so that they can be read again, with their size and id: in memory
/// while they are few, in a temporary file when they are more. Dispose it to remove the file.
/// </summary>
public sealed class SpooledContent : IDisposable
{
    private readonly string? path;
    private readonly byte[] head;

    private SpooledContent(BlobId id, long size, byte[] head, string? path)
    {
        Id = id;
        Size = size;
        this.head = head;
        this.path = path;
    }

    /// <summary>The id of the bytes.</summary>
    public BlobId Id { get; }

    /// <summary>How many there are.</summary>
    public long Size { get; }

    /// <summary>Takes everything that a stream gives.</summary>
    /// <param name="source">Read to its end; not disposed.</param>
    /// <param name="function">The digest of the id.</param>
    /// <param name="options">How much stays in memory and where the file goes.</param>
    /// <param name="cancellationToken">Ends the reading; nothing is left behind.</param>
    /// <exception cref="IOException">The stream cannot be read, or the temporary file not written.</exception>
    public static async Task<SpooledContent> ReadAsync(
        Stream source, DigestFunction function, RpcStoreClientOptions options, CancellationToken cancellationToken)
    {
        using var hasher = BlobHasher.Rent(function);
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(options.SpoolMemoryBytes, 64 << 10));
        try
        {
            var length = await source
                .ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)
                .ConfigureAwait(false);
            hasher.Append(buffer.AsSpan(0, length));
            if (length < buffer.Length)
            {
                return new SpooledContent(hasher.Finish(), length, buffer.AsSpan(0, length).ToArray(), path: null);
            }

            return await SpoolToFileAsync(source, buffer, hasher, options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Opens the bytes at the first; the caller disposes the stream.</summary>
    public Stream Open() => path is null
        ? new MemoryStream(head, writable: false)
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.SequentialScan);

    /// <summary>Removes the temporary file. Safe to repeat.</summary>
    public void Dispose()
    {
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    private static FileStream CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Access = FileAccess.Write, Mode = FileMode.CreateNew, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static async Task<SpooledContent> SpoolToFileAsync(
        Stream source, byte[] buffer, BlobHasher hasher, RpcStoreClientOptions options, CancellationToken cancellationToken)
    {
        var path = Path.Join(options.SpoolDirectory, "rpcstore-" + Path.GetRandomFileName());
        try
        {
            await using var file = CreatePrivate(path);
            var size = 0L;
            for (var length = buffer.Length; length > 0;)
            {
                await file.WriteAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
                size += length;
                length = await source.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                hasher.Append(buffer.AsSpan(0, length));
            }

            return new SpooledContent(hasher.Finish(), size, [], path);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }
}
