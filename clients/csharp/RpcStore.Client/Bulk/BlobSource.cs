using RpcStore.Client.Files;

namespace RpcStore.Client.Bulk;

/// <summary>
/// Bytes on this side that are to become a blob. They are read twice, once for their digest and once to be sent, and only
/// when their turn comes: a source that waits holds no file open. Immutable.
/// </summary>
public sealed class BlobSource
{
    private readonly Func<Stream> open;

    private BlobSource(string name, Func<Stream> open)
    {
        Name = name;
        this.open = open;
    }

    /// <summary>What a person calls it: the path of a file.</summary>
    public string Name { get; }

    /// <summary>The content of a file. Whether it is there and readable shows when it is read.</summary>
    public static BlobSource FromFile(string path) => FromFile(path, path);

    /// <summary>The content of a file that is called by another name.</summary>
    public static BlobSource FromFile(string name, string path) => new(name, () => OpenFile(path));

    /// <summary>Bytes in memory.</summary>
    public static BlobSource FromBytes(string name, byte[] bytes) => new(name, () => new MemoryStream(bytes, writable: false));

    /// <summary>What a stream gives that can be opened more than once.</summary>
    /// <param name="name">What a person calls it.</param>
    /// <param name="open">Opens a stream at the first byte; whoever asked disposes it. May throw <see cref="IOException"/>.</param>
    public static BlobSource FromStream(string name, Func<Stream> open) => new(name, open);

    /// <summary>
    /// The files of a folder and of the folders in it, in the order of their names so that two runs give the same. Links are
    /// not followed, and what is neither file nor folder is left out.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<BlobSource> FromFolder(string folder)
    {
        var root = new DirectoryInfo(folder);
        return root.Exists
            ? Walk(root).Select(path => FromFile(path))
            : throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
    }

    /// <summary>Opens it at the first byte.</summary>
    public Stream Open() => open();

    private static FileStream OpenFile(string path) => new(path, new FileStreamOptions
    {
        Access = FileAccess.Read,
        Mode = FileMode.Open,
        Share = FileShare.ReadWrite | FileShare.Delete,
        Options = FileOptions.SequentialScan,

        // Every reader here brings a buffer of its own.
        BufferSize = 0,
    });

    private static IEnumerable<string> Walk(DirectoryInfo root)
    {
        var waiting = new Stack<string>([root.ToString()]);
        while (waiting.TryPop(out var path))
        {
            if (!Directory.Exists(path))
            {
                yield return path;
                continue;
            }

            // A stack gives back the last first.
            var children = new DirectoryInfo(path).EnumerateFileSystemInfos()
                .Where(child => child.LinkTarget is null)
                .Where(child => child is DirectoryInfo || FileKind.IsRegular(child.FullName))
                .Select(child => Path.Join(path, child.Name))
                .ToArray();
            Array.Sort(children, (left, right) => string.CompareOrdinal(right, left));
            foreach (var child in children)
            {
                waiting.Push(child);
            }
        }
    }
}
