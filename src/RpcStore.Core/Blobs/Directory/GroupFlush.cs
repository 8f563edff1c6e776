using Microsoft.Win32.SafeHandles;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Flushes the file system for many writers at once: whoever asks while a flush runs is served by the next one, however
/// many they are. Safe to use from any thread.
/// </summary>
/// <param name="folder">A folder on the file system.</param>
internal sealed class GroupFlush(string folder) : IDisposable
{
    private readonly SafeFileHandle handle = FileSystem.OpenFolder(folder);
    private readonly Lock gate = new();
    private Task running = Task.CompletedTask;
    private Task? next;

    /// <summary>Ends when a flush that began after this call has ended.</summary>
    /// <exception cref="StoreException">The disk did not take it: nothing since the last flush can be relied on.</exception>
    public Task FlushAsync()
    {
        lock (gate)
        {
            if (next is not null)
            {
                return next;
            }

            if (running.IsCompleted)
            {
                return running = Task.Run(Flush);
            }

            // Begins when the one that runs has ended, whether that went well or not.
            return next = running.ContinueWith(
                _ => BeginNext(), CancellationToken.None, TaskContinuationOptions.RunContinuationsAsynchronously, TaskScheduler.Default);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private void BeginNext()
    {
        lock (gate)
        {
            running = next!;
            next = null;
        }

        Flush();
    }

    private void Flush() => FileSystem.FlushFileSystem(handle, folder);
}
