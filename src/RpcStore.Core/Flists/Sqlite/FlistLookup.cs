using System.Text;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>
/// Finds a name in a directory. There is an index by directory and one by name, none by both: a directory may have a million
/// entries, and a tree a million files of one name. Each index has its inodes in order, so they are intersected by leaps: the
/// next of the one from where the other stands, in turns, without a look at the table. A directory's entries mostly follow one
/// another, so a few leaps do. For one caller at a time.
/// </summary>
internal sealed class FlistLookup
{
    private readonly FlistStatement inDirectory;
    private readonly FlistStatement ofName;

    public FlistLookup(FlistConnection connection)
    {
        inDirectory = connection.Prepare(
            "select ino from inode indexed by parents where parent = ?1 and ino >= ?2 order by ino limit 1");
        ofName = connection.Prepare("select ino from inode indexed by names where name = ?1 and ino >= ?2 order by ino limit 1");
    }

    /// <summary>Finds a child.</summary>
    /// <returns>Its number; null when there is none.</returns>
    public long? Find(long parent, ReadOnlySpan<byte> name)
    {
        inDirectory.Bind(1, parent);
        ofName.BindText(1, name);
        var from = 1L;
        while (true)
        {
            if (inDirectory.Bind(2, from).Scalar() is not { } child || ofName.Bind(2, child).Scalar() is not { } named)
            {
                return null;
            }

            if (child == named)
            {
                return child;
            }

            from = named;
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
