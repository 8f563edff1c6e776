using System.Buffers;
using RpcStore.Core.Disk;
using RpcStore.Core.Flists.Sqlite;

namespace RpcStore.Core.Flists.Registry;

/// <summary>Writes a <c>.fl</c> that arrives to its file.</summary>
internal static class FlistFileIntake
{
    private const int BufferBytes = 128 << 10;
    private const UnixFileMode Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>
    /// Writes it, and makes it durable. There is no file when this fails: on a full disk nothing else could be cleared away before
    /// that is.
    /// </summary>
    /// <exception cref="StoreException"><see cref="Fault.TooLarge"/>; <see cref="Fault.Full"/> or <see cref="Fault.Unavailable"/>: the disk.</exception>
    public static async Task WriteAsync(
        Stream body, string path, FlistLimits limits, Action<int, long> progress, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            using var file = FileSystem.CreateFile(path, Mode);
            long length = 0;
            int read;
            while ((read = await body.ReadAsync(buffer, cancellationToken)) > 0)
            {
                if (length + read > limits.MaxFlistBytes)
                {
                    throw new FlistFaults(path).TooLarge("its file is longer than allowed", "maxFlistBytes", limits.MaxFlistBytes);
                }

                Write(file, path, buffer.AsSpan(0, read), length);
                length += read;
                progress(0, read);
            }

            FileSystem.FlushData(file, path);
        }
        catch
        {
            FileSystem.RemoveLeftover(path);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void Write(Microsoft.Win32.SafeHandles.SafeFileHandle file, string path, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            RandomAccess.Write(file, bytes, offset);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, path);
        }
    }
}
