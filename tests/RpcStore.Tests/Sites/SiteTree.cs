using System.Text;
using RpcStore.Core.Blobs;
using RpcStore.Core.Flists;
using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Tests.Sites;

/// <summary>Builds a flist from paths.</summary>
internal sealed class SiteTree
{
    public const long ModifiedAt = 1_600_000_000;

    private readonly SortedDictionary<string, (FlistAttributes Attributes, byte[] Content)> entries = new(StringComparer.Ordinal);

    public SiteTree File(string path, string content, long modifiedAt = ModifiedAt) => File(path, Encoding.UTF8.GetBytes(content), modifiedAt);

    public SiteTree File(string path, byte[] content, long modifiedAt = ModifiedAt) =>
        Add(path, new(FlistKind.File, 0x1A4, 0, 0, content.Length, 0, ModifiedAt, modifiedAt), content);

    public SiteTree Link(string path, string target) => Link(path, Encoding.UTF8.GetBytes(target));

    public SiteTree Link(string path, byte[] target) =>
        Add(path, new(FlistKind.SymbolicLink, 0x1FF, 0, 0, target.Length, 0, ModifiedAt, ModifiedAt), target);

    public SiteTree Directory(string path) => Add(path, new(FlistKind.Directory, 0x1ED, 0, 0, 4096, 0, ModifiedAt, ModifiedAt), []);

    public SiteTree Other(string path, FlistKind kind) => Add(path, new(kind, 0x1A4, 0, 0, 0, 0, ModifiedAt, ModifiedAt), []);

    /// <summary>Writes the flist, and its blobs into a store unless there is none.</summary>
    public async Task WriteAsync(string file, IBlobStore? store)
    {
        using var writer = FlistWriter.Create(file, new(FlistKind.Directory, 0x1ED, 0, 0, 4096, 0, ModifiedAt, ModifiedAt));
        var directories = new Dictionary<string, long> { [""] = FlistNode.RootIno };
        await using var batch = store?.BeginBatch();
        foreach (var (path, (attributes, content)) in entries.OrderBy(one => one.Key.Count(c => c == '/')).ThenBy(one => one.Key, StringComparer.Ordinal))
        {
            var slash = path.LastIndexOf('/');
            var parent = directories[slash < 0 ? "" : path[..slash]];
            var ino = writer.Add(parent, path[(slash + 1)..], attributes, attributes.Kind == FlistKind.SymbolicLink ? content : []);
            if (attributes.Kind == FlistKind.Directory)
            {
                directories[path] = ino;
            }

            for (var at = 0; attributes.Kind == FlistKind.File && at < content.Length; at += BlockCodec.BlockBytes)
            {
                var block = BlockCodec.Encode(content.AsSpan(at, Math.Min(BlockCodec.BlockBytes, content.Length - at)));
                writer.AddBlock(ino, block.Block);
                if (batch is not null)
                {
                    await batch.AddAsync(block.Block.Id, block.Blob.Length, new MemoryStream(block.Blob.ToArray()), default);
                }
            }
        }

        if (batch is not null)
        {
            await batch.CommitAsync(default);
        }

        writer.Complete();
    }

    private SiteTree Add(string path, FlistAttributes attributes, byte[] content)
    {
        for (var slash = path.IndexOf('/'); slash > 0; slash = path.IndexOf('/', slash + 1))
        {
            if (!entries.ContainsKey(path[..slash]))
            {
                Directory(path[..slash]);
            }
        }

        entries[path] = (attributes, content);
        return this;
    }
}
