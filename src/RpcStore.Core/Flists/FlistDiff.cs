namespace RpcStore.Core.Flists;

/// <summary>How a path differs between two flists.</summary>
public enum FlistChange
{
    /// <summary>Only the second has it.</summary>
    Added,

    /// <summary>Only the first has it.</summary>
    Removed,

    /// <summary>It is of another kind, or has other bytes, another target or another device number.</summary>
    Content,

    /// <summary>The content is the same; owner, permissions or the time of modification differ.</summary>
    Attributes,
}

/// <summary>One difference.</summary>
/// <param name="Change">What differs.</param>
/// <param name="Path">Where; of a directory that only one has, the directory and everything below are told.</param>
/// <param name="Before">The inode of the first; null when it was added.</param>
/// <param name="After">The inode of the second; null when it was removed.</param>
public sealed record FlistDifference(FlistChange Change, string Path, FlistNode? Before, FlistNode? After);

/// <summary>
/// Compares two flists by the ids of their blocks, without any blob: the same bytes have the same ids, whoever encoded them.
/// </summary>
public static class FlistDiff
{
    private const int Page = 256;

    /// <summary>Tells the differences as they are found, directory by directory; memory depends on the depth alone.</summary>
    /// <param name="before">The first flist.</param>
    /// <param name="after">The second; another reader than the first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException">As for every query of <see cref="FlistReader"/>.</exception>
    public static IEnumerable<FlistDifference> Compare(
        FlistReader before, FlistReader after, CancellationToken cancellationToken = default)
    {
        if (DiffersInAttributes(before.Root, after.Root))
        {
            yield return new FlistDifference(FlistChange.Attributes, "/", before.Root, after.Root);
        }

        foreach (var difference in CompareDirectories(before, after, before.Root, after.Root, "", cancellationToken))
        {
            yield return difference;
        }
    }

    private static IEnumerable<FlistDifference> CompareDirectories(
        FlistReader before, FlistReader after, FlistNode old, FlistNode current, string path, CancellationToken cancellationToken)
    {
        foreach (var node in Children(before, old, cancellationToken))
        {
            var childPath = $"{path}/{node.Name}";
            var differences = after.FindChild(current, node.Name, cancellationToken) is { } other
                ? CompareNodes(before, after, node, other, childPath, cancellationToken)
                : Whole(before, node, childPath, FlistChange.Removed, cancellationToken);
            foreach (var difference in differences)
            {
                yield return difference;
            }
        }

        foreach (var node in Children(after, current, cancellationToken))
        {
            if (before.FindChild(old, node.Name, cancellationToken) is null)
            {
                foreach (var difference in Whole(after, node, $"{path}/{node.Name}", FlistChange.Added, cancellationToken))
                {
                    yield return difference;
                }
            }
        }
    }

    private static IEnumerable<FlistDifference> CompareNodes(
        FlistReader before, FlistReader after, FlistNode old, FlistNode current, string path, CancellationToken cancellationToken)
    {
        if (DiffersInContent(before, after, old, current, cancellationToken))
        {
            yield return new FlistDifference(FlistChange.Content, path, old, current);
        }
        else if (DiffersInAttributes(old, current))
        {
            yield return new FlistDifference(FlistChange.Attributes, path, old, current);
        }

        // Where a directory took the place of something else, or the other way round, its entries came or went.
        var inside = (old.IsDirectory, current.IsDirectory) switch
        {
            (true, true) => CompareDirectories(before, after, old, current, path, cancellationToken),
            (true, false) => Below(before, old, path, FlistChange.Removed, cancellationToken),
            (false, true) => Below(after, current, path, FlistChange.Added, cancellationToken),
            _ => [],
        };
        foreach (var difference in inside)
        {
            yield return difference;
        }
    }

    private static IEnumerable<FlistDifference> Whole(
        FlistReader flist, FlistNode node, string path, FlistChange change, CancellationToken cancellationToken)
    {
        yield return change == FlistChange.Added
            ? new FlistDifference(change, path, null, node)
            : new FlistDifference(change, path, node, null);
        foreach (var difference in node.IsDirectory ? Below(flist, node, path, change, cancellationToken) : [])
        {
            yield return difference;
        }
    }

    private static IEnumerable<FlistDifference> Below(
        FlistReader flist, FlistNode directory, string path, FlistChange change, CancellationToken cancellationToken) =>
        Children(flist, directory, cancellationToken)
            .SelectMany(child => Whole(flist, child, $"{path}/{child.Name}", change, cancellationToken));

    private static IEnumerable<FlistNode> Children(FlistReader flist, FlistNode directory, CancellationToken cancellationToken)
    {
        IReadOnlyList<FlistNode> page = [];
        do
        {
            page = flist.ListChildren(directory, page.Count == 0 ? 0 : page[^1].Ino, Page, cancellationToken);
            foreach (var node in page)
            {
                yield return node;
            }
        }
        while (page.Count == Page);
    }

    private static bool DiffersInContent(
        FlistReader before, FlistReader after, FlistNode old, FlistNode current, CancellationToken cancellationToken)
    {
        if (old.Kind != current.Kind)
        {
            return true;
        }

        return old.Kind switch
        {
            FlistKind.File => old.Size != current.Size || DiffersInBlocks(before, after, old, current, cancellationToken),
            FlistKind.SymbolicLink => !before.ReadLinkTarget(old, cancellationToken).AsSpan()
                .SequenceEqual(after.ReadLinkTarget(current, cancellationToken)),
            FlistKind.BlockDevice or FlistKind.CharacterDevice => old.Attributes.DeviceNumber != current.Attributes.DeviceNumber,
            _ => false,
        };
    }

    private static bool DiffersInBlocks(
        FlistReader before, FlistReader after, FlistNode old, FlistNode current, CancellationToken cancellationToken)
    {
        IReadOnlyList<FlistBlockRow> left = [];
        IReadOnlyList<FlistBlockRow> right = [];
        do
        {
            left = before.ListBlocks(old, left.Count == 0 ? 0 : left[^1].Position, Page, cancellationToken);
            right = after.ListBlocks(current, right.Count == 0 ? 0 : right[^1].Position, Page, cancellationToken);
            if (!left.Select(row => row.Block.Id).SequenceEqual(right.Select(row => row.Block.Id)))
            {
                return true;
            }
        }
        while (left.Count == Page);
        return false;
    }

    // The time of an inode's change says when it was copied, not what it is.
    private static bool DiffersInAttributes(FlistNode old, FlistNode current) =>
        (old.Attributes.Permissions, old.Attributes.Uid, old.Attributes.Gid, old.Attributes.ModifiedAt)
        != (current.Attributes.Permissions, current.Attributes.Uid, current.Attributes.Gid, current.Attributes.ModifiedAt);
}
