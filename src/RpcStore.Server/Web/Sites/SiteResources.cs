using RpcStore.Core.Caching;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// Finds out what paths of sites mean, and remembers the files: a site that is read often needs no query. Safe to use from any
/// thread.
/// </summary>
/// <param name="capacity">Bytes of memory for what is remembered.</param>
/// <param name="time">What the time is.</param>
internal sealed class SiteResources(long capacity, TimeProvider time)
{
    private const long ShardBytes = 4 << 20;

    private readonly ShardedCache<Key, SiteResource> cache = new(capacity, ShardBytes, new KeyComparer());

    /// <summary>A file that is remembered; null when <see cref="LoadAsync"/> is needed.</summary>
    /// <param name="tree">The site's flist.</param>
    /// <param name="path">The decoded path below the site's prefix.</param>
    public SiteResource? Find(ServedFlist tree, ReadOnlySpan<char> path) => cache.Find(new Alternate(tree.Serial, path));

    /// <summary>Finds out what a path means.</summary>
    /// <returns>What it is, and the file where it is one.</returns>
    public async ValueTask<(SiteAnswer Answer, SiteResource? Resource)> LoadAsync(
        ServedFlist tree, bool hasIndex, string path, CancellationToken cancellationToken)
    {
        var (answer, file) = await tree.QueryAsync(
            (path, hasIndex, tree.Digest),
            static (reader, asked, cancellation) =>
            {
                var found = SiteAnswer.Find(reader, asked.hasIndex, asked.path, cancellation);
                return (found, found.Kind == SiteAnswerKind.File ? FlistFile.Read(reader, asked.Digest, found.Node!, cancellation) : null);
            },
            cancellationToken);
        if (file is null)
        {
            return (answer, null);
        }

        var resource = new SiteResource(file, answer.Name, time.GetUtcNow());
        cache.Add(new Key(tree.Serial, path), resource, resource.Cost + (2 * path.Length));
        return (answer, resource);
    }

    /// <summary>A file of a site, remembered or not; null when there is none at the path.</summary>
    public async ValueTask<SiteResource?> GetFileAsync(ServedFlist tree, string path, CancellationToken cancellationToken) =>
        Find(tree, path) ?? (await LoadAsync(tree, hasIndex: false, path, cancellationToken)).Resource;

    private readonly record struct Key(long Tree, string Path);

    private readonly ref struct Alternate(long tree, ReadOnlySpan<char> path)
    {
        public long Tree { get; } = tree;

        public ReadOnlySpan<char> Path { get; } = path;
    }

    private sealed class KeyComparer : IEqualityComparer<Key>, IAlternateEqualityComparer<Alternate, Key>
    {
        public bool Equals(Key x, Key y) => x == y;

        public int GetHashCode(Key key) => GetHashCode(new Alternate(key.Tree, key.Path));

        public bool Equals(Alternate alternate, Key other) =>
            alternate.Tree == other.Tree && alternate.Path.SequenceEqual(other.Path);

        // Random per process, because the paths come from outside.
        public int GetHashCode(Alternate alternate) => string.GetHashCode(alternate.Path) ^ (int)(alternate.Tree * 0x9E3779B1);

        public Key Create(Alternate alternate) => new(alternate.Tree, alternate.Path.ToString());
    }
}
