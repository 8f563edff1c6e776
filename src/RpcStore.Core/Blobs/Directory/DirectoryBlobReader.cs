using Microsoft.Win32.SafeHandles;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>An open file. What is open stays readable when its name is removed.</summary>
internal sealed class DirectoryBlobReader(SafeFileHandle file, BlobInfo info, BlobVersion version) : BlobReader
{
    /// <inheritdoc/>
    public override BlobInfo Info { get; } = info;

    /// <inheritdoc/>
    public override BlobVersion Version { get; } = version;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (offset >= Info.Size)
        {
            return new(0);
        }

        try
        {
            // Mostly from the kernel's memory, where a thread of the pool would only add its wake-up.
            return new(RandomAccess.Read(file, buffer.Span, offset));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, Info.Id.ToString());
        }
    }

    /// <inheritdoc/>
    public override ValueTask DisposeAsync()
    {
        file.Dispose();
        return ValueTask.CompletedTask;
    }
}
