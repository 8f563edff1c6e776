using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Serving;

/// <summary>All that is needed to serve a file of a flist, so that a file that is asked for often needs no query. Immutable.</summary>
public sealed class FlistFile
{
    /// <summary>Files with up to so many blocks (2 GiB) have them here; those of larger ones are read as they are needed.</summary>
    public const int MaxKnownBlocks = 4096;

    private const int RowsAtOnce = 1024;

    private FlistFile(long ino, long size, long modifiedAt, FlistBlock[]? blocks, string tag)
    {
        (Ino, Size, ModifiedAt, Blocks, Tag) = (ino, size, modifiedAt, blocks, tag);
    }

    /// <summary>Its inode.</summary>
    public long Ino { get; }

    /// <summary>Bytes.</summary>
    public long Size { get; }

    /// <summary>When its content changed, in seconds since 1970 in UTC.</summary>
    public long ModifiedAt { get; }

    /// <summary>
    /// 32 hex digits that name the content: a digest of its size and of the ids and keys of its blocks, so that equal content
    /// has the same in every flist. Of a file whose blocks are not kept here: a digest of flist and inode.
    /// </summary>
    public string Tag { get; }

    /// <summary>About what it takes in memory.</summary>
    public long Cost => 200 + ((Blocks?.Length ?? 0) * 80L);

    /// <summary>Its blocks in their order; null when there are more than <see cref="MaxKnownBlocks"/>.</summary>
    public FlistBlock[]? Blocks { get; }

    /// <summary>Reads what the flist has of a file.</summary>
    /// <param name="reader">The flist.</param>
    /// <param name="digest">The flist's digest.</param>
    /// <param name="node">The file.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="StoreException"><see cref="Fault.Corrupt"/>: the flist does not have all of its blocks.</exception>
    public static FlistFile Read(FlistReader reader, string digest, FlistNode node, CancellationToken cancellationToken)
    {
        if (node.Kind != FlistKind.File)
        {
            throw new ArgumentException($"inode {node.Ino} is no file", nameof(node));
        }

        var count = BlockCodec.CountOf(node.Size);
        if (count > MaxKnownBlocks)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{digest} {node.Ino}");
            return new FlistFile(node.Ino, node.Size, node.Attributes.ModifiedAt, null, ToTag(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text))));
        }

        var blocks = new FlistBlock[(int)count];
        var position = 0L;
        for (var known = 0; known < blocks.Length;)
        {
            var page = reader.ListBlocks(node, position, Math.Min(RowsAtOnce, blocks.Length - known), cancellationToken);
            if (page.Count == 0)
            {
                throw MissingBlocks(reader, node, known, cancellationToken);
            }

            foreach (var row in page)
            {
                blocks[known++] = row.Block;
                position = row.Position;
            }
        }

        return new FlistFile(node.Ino, node.Size, node.Attributes.ModifiedAt, blocks, ToTag(Digest(node.Size, blocks)));
    }

    /// <summary>The error for a file of which the flist lacks blocks.</summary>
    internal static StoreException MissingBlocks(FlistReader reader, FlistNode node, long known, CancellationToken cancellationToken)
    {
        var path = reader.GetPath(node, cancellationToken);
        return new StoreException(
            Fault.Corrupt,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The flist has only {known} of the {BlockCodec.CountOf(node.Size)} blocks of {path}. Upload it again, whole."))
        {
            Details = new Dictionary<string, object> { ["path"] = path },
        };
    }

    private static byte[] Digest(long size, FlistBlock[] blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> bytes = stackalloc byte[BlobId.DigestLength];
        BinaryPrimitives.WriteInt64BigEndian(bytes, size);
        hash.AppendData(bytes[..sizeof(long)]);
        foreach (var block in blocks)
        {
            block.Id.CopyDigestTo(bytes);
            hash.AppendData(bytes);

            // Without it, who names blocks of which they do not have the keys could name their content.
            block.Key.CopyTo(bytes);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    // 128 bits: nobody finds two contents with the same, also who tries.
    private static string ToTag(byte[] digest) => Convert.ToHexStringLower(digest.AsSpan(0, 16));
}
