using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// Which blobs a directory store holds, with size and time: a hash table in a mapped file, so that a question costs one
/// access to memory instead of one to the file system, and so that opening it costs nothing however many blobs there are.
/// </summary>
/// <remarks>
/// <para>
/// The directory stays the truth; the index is derived from it and can be made anew at any time. It survives the death of
/// the process, because mapped pages belong to the kernel; whether it can be trusted after the death of the machine is told
/// by <see cref="IsTrusted"/>.
/// </para>
/// <para>
/// Its table (<see cref="IndexTable"/>) is at most seven tenths full unless the disk has no room for a larger one. Safe to use
/// from any thread: readers share a lock, and long questions and changes let go of it every few hundred ids so that neither waits long.
/// </para>
/// </remarks>
internal sealed class BlobIndex : IDisposable
{
    /// <summary>The first size: 3 MiB, enough for 45,000 blobs before it doubles.</summary>
    private const long FirstCapacity = 1 << 16;

    /// <summary>What a larger file is called until it is whole.</summary>
    private const string Growing = ".new";

    /// <summary>Ids handled under one hold of the lock: about 30 µs.</summary>
    private const int Chunk = 256;

    // How full the table gets, in twentieths of its slots. Beyond the first it becomes larger; when it cannot, because the disk
    // is full, it goes on more slowly to the second with new blobs, and to the third with blobs that are here already.
    private const int Roomy = 14;
    private const int Crowded = 18;
    private const int Packed = 19;

    private readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.NoRecursion);
    private readonly IndexTrust trust;
    private IndexFile file;
    private long reserved;
    private bool isDisposed;

    private BlobIndex(IndexFile file, bool isTrusted, Guid boot)
    {
        this.file = file;
        trust = new IndexTrust(boot);
        IsTrusted = isTrusted;
        trust.Mark(file);
    }

    /// <summary>
    /// Whether the file held what the last process wrote: it was closed in order, or the machine has not been started since.
    /// When false the index is empty and has to be filled from the directory.
    /// </summary>
    public bool IsTrusted { get; }

    /// <summary>Blobs in the index.</summary>
    public long Blobs => Read(static header => header.Blobs);

    /// <summary>The sum of their sizes.</summary>
    public long Bytes => Read(static header => header.Bytes);

    /// <summary>Opens the index, or makes an empty one where there is none that can be trusted.</summary>
    /// <param name="path">The file.</param>
    /// <param name="boot">Which boot of the machine this is (<c>/proc/sys/kernel/random/boot_id</c>).</param>
    public static BlobIndex Open(string path, Guid boot)
    {
        FileSystem.RemoveLeftover(path + Growing);
        if (IndexFile.TryOpen(path) is { } file)
        {
            if (file.Header.IsClean == 1)
            {
                return new BlobIndex(file, isTrusted: true, boot);
            }

            if (file.Header.Boot == boot)
            {
                // The process was killed between a slot and the header at worst: the slots are right, so count them.
                IndexTable.Recount(file);
                return new BlobIndex(file, isTrusted: true, boot);
            }

            file.Dispose();
        }

        return new BlobIndex(IndexFile.Create(path, FirstCapacity), isTrusted: false, boot);
    }

    /// <summary>Tells for each id whether it is in the index.</summary>
    public void Find(ReadOnlySpan<BlobId> ids, Span<bool> present) => Look<bool, SlotPresence>(ids, present);

    /// <summary>Gives what is known of each id, null for those that are not in the index.</summary>
    public void Stat(ReadOnlySpan<BlobId> ids, Span<BlobInfo?> infos) => Look<BlobInfo?, SlotInfo>(ids, infos);

    /// <summary>
    /// Makes room for blobs that are about to be added, so that adding them cannot fail when they have their names already. To
    /// be given back with <see cref="Release"/> when they were added or given up.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <exception cref="StoreException">There is no room, and the disk has none for a larger index. This one is unchanged.</exception>
    public void Reserve(int count)
    {
        EnterWrite();
        try
        {
            EnsureRoom(count, Crowded);
            reserved += count;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Gives back the room that <see cref="Reserve"/> made.</summary>
    public void Release(int count)
    {
        EnterWrite();
        reserved -= count;
        gate.ExitWriteLock();
    }

    /// <summary>Puts blobs in that room was reserved for; one that is in already is replaced. Does not fail.</summary>
    public void AddReserved(ReadOnlySpan<BlobInfo> infos) => Add(infos, isReserved: true);

    /// <summary>Puts blobs in that are in the directory already; one that is in already is replaced.</summary>
    /// <exception cref="StoreException">There is no room, and the disk has none for a larger index.</exception>
    public void Add(ReadOnlySpan<BlobInfo> infos) => Add(infos, isReserved: false);

    private void Add(ReadOnlySpan<BlobInfo> infos, bool isReserved)
    {
        for (var from = 0; from < infos.Length; from += Chunk)
        {
            EnterWrite();
            try
            {
                foreach (var info in infos[from..Math.Min(from + Chunk, infos.Length)])
                {
                    if (!isReserved)
                    {
                        EnsureRoom(1, Packed);
                    }

                    IndexTable.Put(file, info);
                }
            }
            finally
            {
                gate.ExitWriteLock();
            }
        }
    }

    /// <summary>Takes a blob out.</summary>
    /// <returns>Whether it was in.</returns>
    public bool Remove(BlobId id)
    {
        EnterWrite();
        try
        {
            return IndexTable.Remove(file, id);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>
    /// Has the next start make the index anew if the process dies before <see cref="EndUnnoted"/>: for a change that could not
    /// be noted beforehand, because the disk is full. May be nested.
    /// </summary>
    public void BeginUnnoted() => CountUnnoted(+1);

    /// <summary>The change is done, in the directory and in the index.</summary>
    public void EndUnnoted() => CountUnnoted(-1);

    /// <summary>
    /// Has the next start make the index anew whatever ends this process: the disk lost something that was written, and changes
    /// of the index may be among it. Until then it goes on, because the pages in memory are right.
    /// </summary>
    public void Doubt()
    {
        EnterWrite();
        try
        {
            trust.Doubt(file);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    /// <summary>Writes everything to the disk and marks the file as closed in order.</summary>
    public void Dispose()
    {
        gate.EnterWriteLock();
        try
        {
            if (!isDisposed)
            {
                trust.Close(file);
            }
        }
        finally
        {
            if (!isDisposed)
            {
                file.Dispose();
            }

            // The lock stays: who waits for it finds out that the index is closed, instead of reading what is mapped no more.
            isDisposed = true;
            gate.ExitWriteLock();
        }
    }

    private void EnterRead()
    {
        gate.EnterReadLock();
        if (isDisposed)
        {
            gate.ExitReadLock();
            throw new ObjectDisposedException(nameof(BlobIndex));
        }
    }

    private void EnterWrite()
    {
        gate.EnterWriteLock();
        if (isDisposed)
        {
            gate.ExitWriteLock();
            throw new ObjectDisposedException(nameof(BlobIndex));
        }
    }

    private void CountUnnoted(int change)
    {
        EnterWrite();
        try
        {
            trust.CountUnnoted(file, change);
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private void Look<T, TReader>(ReadOnlySpan<BlobId> ids, Span<T> answers)
        where TReader : struct, ISlotReader<T>
    {
        for (var from = 0; from < ids.Length; from += Chunk)
        {
            var to = Math.Min(from + Chunk, ids.Length);
            EnterRead();
            try
            {
                IndexLookup.Look<T, TReader>(file, ids[from..to], answers[from..to]);
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    /// <summary>Whether that many blobs more leave the table at most so full, removed slots included.</summary>
    private bool HasRoom(long more, int twentieths) =>
        (file.Header.Blobs + file.Header.Removed + reserved + more) * 20 <= file.Capacity * twentieths;

    /// <summary>Makes a larger file where this one is too full.</summary>
    /// <param name="more">Blobs to come.</param>
    /// <param name="limit">How full this one may get, in twentieths, when there cannot be a larger one.</param>
    private void EnsureRoom(int more, int limit)
    {
        if (HasRoom(more, Roomy))
        {
            return;
        }

        try
        {
            Grow(more);
        }
        catch (StoreException) when (HasRoom(more, limit))
        {
            // It is slower from here on, and right. The next blob tries again.
        }
    }

    private void Grow(int more)
    {
        // Mostly removed slots: the same size serves again. Otherwise larger.
        var capacity = file.Capacity;
        while ((file.Header.Blobs + reserved + more) * 2 >= capacity)
        {
            capacity *= 2;
        }

        var path = file.Path;
        var larger = IndexFile.Create(path + Growing, capacity);
        try
        {
            IndexTable.Copy(file, larger);
            trust.Mark(larger);
            larger.MoveTo(path);
        }
        catch
        {
            larger.Dispose();
            FileSystem.RemoveLeftover(path + Growing);
            throw;
        }

        file.Dispose();
        file = larger;
    }

    private long Read(Func<IndexHeader, long> field)
    {
        EnterRead();
        try
        {
            return field(file.Header);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }
}
