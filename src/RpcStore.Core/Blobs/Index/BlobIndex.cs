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
/// Open addressing with linear probing over a power of two of slots, at most seven tenths full. Safe to use from any thread:
/// readers share a lock, and long questions and changes let go of it every few hundred ids so that neither waits long.
/// </para>
/// </remarks>
internal sealed class BlobIndex : IDisposable
{
    /// <summary>The first size: 3 MiB, enough for 45,000 blobs before it doubles.</summary>
    private const long FirstCapacity = 1 << 16;

    /// <summary>Ids handled under one hold of the lock: about 30 µs.</summary>
    private const int Chunk = 256;

    /// <summary>
    /// Ids whose slots are asked for before the first is looked at. Slots are hardly ever in a cache, and a processor fetches
    /// some tens of them at a time: one after another they would take three times as long.
    /// </summary>
    private const int Ahead = 16;

    private readonly ReaderWriterLockSlim gate = new(LockRecursionPolicy.NoRecursion);
    private readonly Guid boot;
    private IndexFile file;
    private int unnoted;

    private BlobIndex(IndexFile file, bool isTrusted, Guid boot)
    {
        this.file = file;
        this.boot = boot;
        IsTrusted = isTrusted;
        MarkOpen();
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
        if (IndexFile.TryOpen(path) is { } file)
        {
            if (file.Header.IsClean == 1)
            {
                return new BlobIndex(file, isTrusted: true, boot);
            }

            if (file.Header.Boot == boot)
            {
                // The process was killed between a slot and the header at worst: the slots are right, so count them.
                Recount(file);
                return new BlobIndex(file, isTrusted: true, boot);
            }

            file.Dispose();
        }

        return new BlobIndex(IndexFile.Create(path, FirstCapacity), isTrusted: false, boot);
    }

    /// <summary>Tells for each id whether it is in the index.</summary>
    public void Find(ReadOnlySpan<BlobId> ids, Span<bool> present)
    {
        Span<IndexKey> keys = stackalloc IndexKey[Ahead];
        for (var from = 0; from < ids.Length; from += Chunk)
        {
            var to = Math.Min(from + Chunk, ids.Length);
            gate.EnterReadLock();
            try
            {
                for (var at = from; at < to; at += Ahead)
                {
                    var near = Fetch(ids[at..Math.Min(at + Ahead, to)], keys);
                    for (var i = 0; i < near.Length; i++)
                    {
                        present[at + i] = Seek(file, near[i]) >= 0;
                    }
                }
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    /// <summary>Gives what is known of each id, null for those that are not in the index.</summary>
    public void Stat(ReadOnlySpan<BlobId> ids, Span<BlobInfo?> infos)
    {
        Span<IndexKey> keys = stackalloc IndexKey[Ahead];
        for (var from = 0; from < ids.Length; from += Chunk)
        {
            var to = Math.Min(from + Chunk, ids.Length);
            gate.EnterReadLock();
            try
            {
                for (var at = from; at < to; at += Ahead)
                {
                    var near = Fetch(ids[at..Math.Min(at + Ahead, to)], keys);
                    for (var i = 0; i < near.Length; i++)
                    {
                        var slot = Seek(file, near[i]);
                        infos[at + i] = slot < 0 ? null : file[slot].Info;
                    }
                }
            }
            finally
            {
                gate.ExitReadLock();
            }
        }
    }

    /// <summary>Puts blobs in; one that is in already is replaced.</summary>
    public void Add(ReadOnlySpan<BlobInfo> infos)
    {
        for (var from = 0; from < infos.Length; from += Chunk)
        {
            gate.EnterWriteLock();
            try
            {
                foreach (var info in infos[from..Math.Min(from + Chunk, infos.Length)])
                {
                    EnsureRoom();
                    Put(file, info);
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
        gate.EnterWriteLock();
        try
        {
            var slot = Seek(file, new IndexKey(id));
            if (slot < 0)
            {
                return false;
            }

            ref var header = ref file.Header;
            header.Blobs--;
            header.Bytes -= file[slot].Size;
            header.Removed++;
            file[slot].Remove();
            return true;
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

    /// <summary>Writes everything to the disk and marks the file as closed in order.</summary>
    public void Dispose()
    {
        file.Flush();
        file.Header.IsClean = 1;
        file.Flush();
        file.Dispose();
        gate.Dispose();
    }

    private void CountUnnoted(int change)
    {
        gate.EnterWriteLock();
        try
        {
            unnoted += change;
            file.Header.Boot = unnoted == 0 ? boot : Guid.Empty;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private static void Recount(IndexFile file)
    {
        ref var header = ref file.Header;
        (header.Blobs, header.Bytes, header.Removed) = (0, 0, 0);
        for (long slot = 0; slot < file.Capacity; slot++)
        {
            ref var one = ref file[slot];
            if (one.IsUsed)
            {
                header.Blobs++;
                header.Bytes += one.Size;
            }
            else if (one.IsRemoved)
            {
                header.Removed++;
            }
        }
    }

    /// <summary>Makes the keys of a few ids and has their slots fetched.</summary>
    private Span<IndexKey> Fetch(ReadOnlySpan<BlobId> ids, Span<IndexKey> keys)
    {
        var mask = file.Capacity - 1;
        for (var i = 0; i < ids.Length; i++)
        {
            ref var key = ref keys[i];
            key = new IndexKey(ids[i]);
            file.Prefetch((long)(key.Hash & (ulong)mask));
        }

        return keys[..ids.Length];
    }

    /// <summary>The slot that holds a key, or -1.</summary>
    private static long Seek(IndexFile file, in IndexKey key)
    {
        var mask = file.Capacity - 1;
        for (var slot = (long)(key.Hash & (ulong)mask); ; slot = (slot + 1) & mask)
        {
            ref var one = ref file[slot];
            if (one.Holds(key))
            {
                return slot;
            }

            if (one.IsFree)
            {
                return -1;
            }
        }
    }

    private static void Put(IndexFile file, in BlobInfo info)
    {
        var key = new IndexKey(info.Id);
        ref var header = ref file.Header;
        var slot = Seek(file, key);
        if (slot >= 0)
        {
            header.Bytes += info.Size - file[slot].Size;
        }
        else
        {
            slot = FindRoom(file, key);
            header.Removed -= file[slot].IsRemoved ? 1 : 0;
            header.Blobs++;
            header.Bytes += info.Size;
        }

        file[slot].Fill(key, info.Size, info.StoredAt.UtcTicks);
    }

    private static long FindRoom(IndexFile file, in IndexKey key)
    {
        var mask = file.Capacity - 1;
        var slot = (long)(key.Hash & (ulong)mask);
        while (file[slot].IsUsed)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    /// <summary>Makes a larger file when this one is seven tenths full, removed slots included.</summary>
    private void EnsureRoom()
    {
        ref var header = ref file.Header;
        if ((header.Blobs + header.Removed + 1) * 10 <= file.Capacity * 7)
        {
            return;
        }

        // Mostly removed slots: the same size serves again. Otherwise twice as much.
        var capacity = header.Blobs * 2 < file.Capacity ? file.Capacity : file.Capacity * 2;
        var path = file.Path;
        var larger = IndexFile.Create(path + ".new", capacity);
        for (long slot = 0; slot < file.Capacity; slot++)
        {
            if (file[slot].IsUsed)
            {
                Put(larger, file[slot].Info);
            }
        }

        larger.MoveTo(path);
        file.Dispose();
        file = larger;
        MarkOpen();
    }

    private void MarkOpen()
    {
        ref var header = ref file.Header;
        header.IsClean = 0;
        header.Boot = unnoted == 0 ? boot : Guid.Empty;

        // Before any slot changes, so that a machine that dies finds the mark, not an old "clean".
        file.Flush();
    }

    private long Read(Func<IndexHeader, long> field)
    {
        gate.EnterReadLock();
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
