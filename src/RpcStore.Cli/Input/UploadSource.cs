using RpcStore.Client.Files;

namespace RpcStore.Cli.Input;

/// <summary>What an argument of an upload is.</summary>
internal enum UploadSource
{
    /// <summary>A folder, whose files become blobs.</summary>
    Folder,

    /// <summary>A tar batch, or gzip of one.</summary>
    Batch,
}

/// <summary>Tells what an argument of an upload is.</summary>
internal static class UploadSources
{
    private const int BlockSize = 512;
    private const int MagicOffset = 257;

    extension(UploadSource)
    {
        /// <summary>Looks at what is there, not at its name.</summary>
        /// <exception cref="UsageException">It is nothing that can be uploaded.</exception>
        public static UploadSource Recognize(string argument)
        {
            if (Directory.Exists(argument))
            {
                return UploadSource.Folder;
            }

            if (argument == "-")
            {
                return UploadSource.Batch;
            }

            if (!File.Exists(argument))
            {
                throw new UsageException($"there is no file or folder '{argument}'");
            }

            // A pipe cannot be looked at without taking from it.
            return !FileKind.IsRegular(argument) || IsBatch(argument)
                ? UploadSource.Batch
                : throw new UsageException($"'{argument}' is neither a folder nor a tar; 'rpcstore blobs put' stores a file as a blob");
        }
    }

    private static bool IsBatch(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> block = stackalloc byte[BlockSize];
        var length = file.ReadAtLeast(block, BlockSize, throwOnEndOfStream: false);
        var isGzip = block is [0x1f, 0x8b, ..];
        var isUstar = block[MagicOffset..].StartsWith("ustar"u8);
        var isEmptyTar = length == BlockSize && !block.ContainsAnyExcept((byte)0);
        return isGzip || isUstar || isEmptyTar || (length == BlockSize && IsOldTar(block));
    }

    /// <summary>A header of before POSIX has no magic, but its checksum fits.</summary>
    private static bool IsOldTar(ReadOnlySpan<byte> block)
    {
        const int ChecksumOffset = 148;
        const int ChecksumLength = 8;
        var sum = ChecksumLength * ' ';
        for (var i = 0; i < block.Length; i++)
        {
            sum += i is >= ChecksumOffset and < ChecksumOffset + ChecksumLength ? 0 : block[i];
        }

        var told = 0;
        foreach (var digit in block.Slice(ChecksumOffset, ChecksumLength).Trim(" \0"u8))
        {
            told = (told * 8) + (digit - '0');
        }

        return told == sum;
    }
}
