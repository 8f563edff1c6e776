namespace RpcStore.Core.Flists;

/// <summary>What a flist says of an inode, besides where it is. Immutable.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Permissions">The lower twelve bits of <c>st_mode</c>: 0 to 4095 (octal 7777).</param>
/// <param name="Uid">Number of the owner.</param>
/// <param name="Gid">Number of the group.</param>
/// <param name="Size">Bytes: of a file its content, of a symbolic link its target; of others it says nothing.</param>
/// <param name="DeviceNumber">Of a device: <c>st_rdev</c>, see <see cref="DeviceNumbers"/>; otherwise 0.</param>
/// <param name="ChangedAt">When the inode changed, in seconds since 1970 in UTC.</param>
/// <param name="ModifiedAt">When the content changed, in seconds since 1970 in UTC.</param>
public sealed record FlistAttributes(
    FlistKind Kind, int Permissions, uint Uid, uint Gid, long Size, long DeviceNumber, long ChangedAt, long ModifiedAt)
{
    /// <summary>All permission bits: read, write, execute, set-user-id, set-group-id and sticky.</summary>
    public const int AllPermissions = 0xFFF;

    /// <summary>The bits that say the kind.</summary>
    internal const int KindMask = 0xF000;

    /// <summary>What Linux reports for a small directory, and rfs stores.</summary>
    internal const long DirectorySize = 4096;

    /// <summary><c>st_mode</c>: kind and permissions.</summary>
    public int Mode => (int)Kind | Permissions;
}
