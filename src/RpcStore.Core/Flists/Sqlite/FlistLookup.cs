using System.Text;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>
/// Finds a name in a directory. There is an index by directory and one by name, none by both: a directory may have a million
/// entries, and a tree a million files of one name. So both are walked in turns, and the first to answer ends it: the cost is
/// twice that of the better one, whatever somebody made up. For one caller at a time.
/// </summary>
internal sealed class FlistLookup
{
    private readonly FlistStatement byParent;
    private readonly FlistStatement byName;

    public FlistLookup(FlistConnection connection)
    {
        byParent = connection.Prepare("select ino, name from inode indexed by parents where parent = ?1");
        byName = connection.Prepare("select ino, parent from inode indexed by names where name = ?1");
    }

    /// <summary>Finds a child.</summary>
    /// <returns>Its number; null when there is none.</returns>
    public long? Find(long parent, ReadOnlySpan<byte> name)
    {
        byParent.Bind(1, parent);
        byName.BindText(1, name);
        try
        {
            while (true)
            {
                if (!byParent.Step())
                {
                    return null;
                }

                if (byParent.Bytes(1).SequenceEqual(name))
                {
                    return byParent.Int64(0);
                }

                if (!byName.Step())
                {
                    return null;
                }

                if (byName.Int64(1) == parent)
                {
                    return byName.Int64(0);
                }
            }
        }
        finally
        {
            byParent.Reset();
            byName.Reset();
        }
    }

    /// <inheritdoc cref="Find(long, ReadOnlySpan{byte})"/>
    public long? Find(long parent, ReadOnlySpan<char> name)
    {
        // Nothing in a flist has a longer name; three bytes is the most that a UTF-16 unit becomes.
        if (name.Length > FlistName.MaxBytes)
        {
            return null;
        }

        Span<byte> bytes = stackalloc byte[3 * FlistName.MaxBytes];
        return Find(parent, bytes[..Encoding.UTF8.GetBytes(name, bytes)]);
    }
}
