using System.Globalization;
using RpcStore.Core.Disk;

namespace RpcStore.Core.Flists.Registry;

/// <summary>The folder with the <c>.fl</c> files (spec/storage-layout.md), named by the numbers of their contents.</summary>
internal sealed class FlistFiles
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Extension = ".fl";

    private readonly string folder;

    private FlistFiles(string folder) => this.folder = folder;

    /// <summary>Opens the folder and removes every file that is no content's.</summary>
    /// <param name="folder">The folder; made when it is missing.</param>
    /// <param name="contents">Numbers of the contents that are ready.</param>
    public static FlistFiles Open(string folder, IReadOnlySet<long> contents)
    {
        Directory.CreateDirectory(folder, OwnerOnly);
        var files = new FlistFiles(folder);
        var wanted = contents.Select(files.PathOf).ToHashSet(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder).Where(path => !wanted.Contains(path)))
        {
            FileSystem.RemoveLeftover(path);
        }

        return files;
    }

    /// <summary>The file of a content.</summary>
    public string PathOf(long contentId) => Path.Combine(folder, contentId.ToString("x16", CultureInfo.InvariantCulture) + Extension);

    /// <summary>Makes the name of a finished file durable.</summary>
    public void Flush() => FileSystem.FlushFolder(folder);

    /// <summary>Removes the file of a content. Whoever has it open reads on.</summary>
    public void Remove(long contentId) => FileSystem.RemoveLeftover(PathOf(contentId));
}
