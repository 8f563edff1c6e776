namespace RpcStore.Core.Flists;

/// <summary>What an inode is: the type bits of Linux' <c>st_mode</c> (inode(7)).</summary>
public enum FlistKind
{
    /// <summary>S_IFIFO: a named pipe.</summary>
    Fifo = 0x1000,

    /// <summary>S_IFCHR: a character device.</summary>
    CharacterDevice = 0x2000,

    /// <summary>S_IFDIR: a directory.</summary>
    Directory = 0x4000,

    /// <summary>S_IFBLK: a block device.</summary>
    BlockDevice = 0x6000,

    /// <summary>S_IFREG: an ordinary file.</summary>
    File = 0x8000,

    /// <summary>S_IFLNK: a symbolic link.</summary>
    SymbolicLink = 0xA000,

    /// <summary>S_IFSOCK: a socket.</summary>
    Socket = 0xC000,
}
