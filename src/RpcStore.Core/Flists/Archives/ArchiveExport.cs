using System.IO.Compression;
using RpcStore.Core.Flists.Blocks;
using RpcStore.Core.Tar;

namespace RpcStore.Core.Flists.Archives;

/// <summary>
/// Writes a tree as a tar, or as a gzip of one (spec/flist.md, section 4): the same flist always gives the same bytes. Memory
/// depends on the depth of the tree alone. Safe to use from any thread.
/// </summary>
public static class ArchiveExport
{
    private const int Page = 256;

    /// <summary>Writes the whole tree.</summary>
    /// <param name="flist">The flist; nobody else may use it meanwhile.</param>
    /// <param name="output">Takes the bytes; is flushed, not disposed.</param>
    /// <param name="fetch">Brings the blobs.</param>
    /// <param name="gzip">Whether to pack it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>How many sockets were left out: a tar cannot hold them.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Corrupt"/>: a block is missing or wrong; what was written until then is no whole tar.
    /// </exception>
    public static async Task<long> RunAsync(
        FlistReader flist, Stream output, FetchBlockAsync fetch, bool gzip, CancellationToken cancellationToken)
    {
        if (!gzip)
        {
            return await WriteAsync(flist, output, fetch, cancellationToken);
        }

        await using var packed = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        return await WriteAsync(flist, packed, fetch, cancellationToken);
    }

    private static async Task<long> WriteAsync(
        FlistReader flist, Stream output, FetchBlockAsync fetch, CancellationToken cancellationToken)
    {
        var sockets = 0L;
        await output.WriteAsync(ArchiveHeader.Make("./", flist.Root.Attributes, []), cancellationToken);
        var open = new Stack<Level>([new Level(flist.Root, "")]);
        while (open.TryPeek(out var level))
        {
            if (level.Next(flist, cancellationToken) is not { } node)
            {
                open.Pop();
            }
            else if (node.Kind == FlistKind.Socket)
            {
                sockets++;
            }
            else
            {
                var path = level.Prefix + node.Name;
                await WriteNodeAsync(flist, node, path, output, fetch, cancellationToken);
                if (node.IsDirectory)
                {
                    Descend(flist, open, node, path);
                }
            }
        }

        await output.WriteAsync(new byte[2 * TarHeader.BlockBytes], cancellationToken);
        await output.FlushAsync(cancellationToken);
        return sockets;
    }

    private static void Descend(FlistReader flist, Stack<Level> open, FlistNode node, string path)
    {
        if (open.Count > flist.Limits.MaxDepth)
        {
            throw flist.Connection.Faults.TooLarge("directories lie too deep in one another", "maxFlistDepth", flist.Limits.MaxDepth);
        }

        open.Push(new Level(node, path + "/"));
    }

    private static async ValueTask WriteNodeAsync(
        FlistReader flist, FlistNode node, string path, Stream output, FetchBlockAsync fetch, CancellationToken cancellationToken)
    {
        var target = node.Kind == FlistKind.SymbolicLink ? flist.ReadLinkTarget(node, cancellationToken) : [];
        await output.WriteAsync(ArchiveHeader.Make(node.IsDirectory ? path + "/" : path, node.Attributes, target), cancellationToken);
        if (node.Kind != FlistKind.File)
        {
            return;
        }

        await foreach (var piece in FlistContent.ReadAsync(flist, node, 0, node.Size, fetch, cancellationToken))
        {
            await output.WriteAsync(piece, cancellationToken);
        }

        await output.WriteAsync(new byte[TarHeader.PaddingOf(node.Size)], cancellationToken);
    }

    /// <summary>A directory that is being written, a page of its entries at a time.</summary>
    private sealed class Level(FlistNode directory, string prefix)
    {
        private IReadOnlyList<FlistNode> page = [];
        private int next;
        private bool isLast;

        public string Prefix => prefix;

        public FlistNode? Next(FlistReader flist, CancellationToken cancellationToken)
        {
            if (next == page.Count && !isLast)
            {
                page = flist.ListChildren(directory, page.Count == 0 ? 0 : page[^1].Ino, Page, cancellationToken);
                isLast = page.Count < Page;
                next = 0;
            }

            return next < page.Count ? page[next++] : null;
        }
    }
}
