namespace RpcStore.Core.Disk;

/// <summary>Error numbers of Linux (asm-generic/errno-base.h and errno.h) that the store tells apart.</summary>
internal static class Errno
{
    public const int None = 0;
    public const int NotFound = 2; // ENOENT
    public const int Interrupted = 4; // EINTR
    public const int WouldBlock = 11; // EAGAIN
    public const int Exists = 17; // EEXIST
    public const int NotAFolder = 20; // ENOTDIR
    public const int Invalid = 22; // EINVAL
    public const int NoSpace = 28; // ENOSPC
    public const int NotImplemented = 38; // ENOSYS
    public const int TooManyLinks = 40; // ELOOP
    public const int NotSupported = 95; // EOPNOTSUPP
    public const int QuotaExceeded = 122; // EDQUOT
}
