using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Index;

/// <summary>
/// The hash table in the file of an index: open addressing with linear probing over a power of two of slots. Removed slots stay
/// marked until the table is copied. Whoever calls has locked it.
/// </summary>
internal static class IndexTable
{
    /// <summary>The slot that holds a key, or -1.</summary>
    public static long Seek(IndexFile file, in IndexKey key)
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

    /// <summary>Puts a blob in, for which there must be a slot; one that is in already is replaced.</summary>
    public static void Put(IndexFile file, in BlobInfo info)
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

    /// <summary>Takes a blob out.</summary>
    /// <returns>Whether it was in.</returns>
    public static bool Remove(IndexFile file, BlobId id)
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

    /// <summary>Puts all blobs of one table into another, which has room for them.</summary>
    public static void Copy(IndexFile from, IndexFile to)
    {
        for (long slot = 0; slot < from.Capacity; slot++)
        {
            if (from[slot].IsUsed)
            {
                Put(to, from[slot].Info);
            }
        }
    }

    /// <summary>Counts what is in the slots anew.</summary>
    public static void Recount(IndexFile file)
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
}
