namespace RpcStore.Core.Flists;

/// <summary>An inode of a flist. Immutable.</summary>
/// <param name="Ino">Its number, from 1, which is the root.</param>
/// <param name="Parent">The directory that it is in; 0 for the root.</param>
/// <param name="Name">One component of a path, or <c>/</c> for the root.</param>
/// <param name="Attributes">The rest.</param>
public sealed record FlistNode(long Ino, long Parent, string Name, FlistAttributes Attributes)
{
    /// <summary>The number of the root.</summary>
    public const long RootIno = 1;

    /// <summary>What it is.</summary>
    public FlistKind Kind => Attributes.Kind;

    /// <summary>Bytes; see <see cref="FlistAttributes.Size"/>.</summary>
    public long Size => Attributes.Size;

    /// <summary>Whether it can have children.</summary>
    public bool IsDirectory => Kind == FlistKind.Directory;
}
