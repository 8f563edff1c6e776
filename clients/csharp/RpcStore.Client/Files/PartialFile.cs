namespace RpcStore.Client.Files;

/// <summary>
/// A file that is being written under another name, <c>PATH.part</c>, and gets its own when it is whole: what looks whole is
/// whole. Devices and pipes, which have no content to protect, are written directly. For one caller at a time.
/// </summary>
public sealed class PartialFile : IAsyncDisposable
{
    private readonly string path;
    private readonly string writtenPath;
    private bool isCommitted;

    private PartialFile(string path, string writtenPath, FileMode mode)
    {
        this.path = path;
        this.writtenPath = writtenPath;

        // Not shared: two that write the same file at once would make a mixture of both.
        Stream = new FileStream(writtenPath, new FileStreamOptions
        {
            Access = FileAccess.Write,
            Mode = mode,
            Share = FileShare.None,
            BufferSize = 0,
        });
    }

    /// <summary>Takes the bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>Begins a file. An older one of the same name stays as it is until <see cref="CommitAsync"/>.</summary>
    /// <exception cref="IOException">The file cannot be made, or another process writes it.</exception>
    public static PartialFile Create(string path)
    {
        if (File.Exists(path) && !FileKind.IsRegular(path))
        {
            return new PartialFile(path, path, FileMode.Open);
        }

        // The name may be a link: what it leads to is replaced, not the link.
        var target = new FileInfo(path) is { LinkTarget: not null } link
            ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName
            : path;
        return new PartialFile(target, target + ".part", FileMode.Create);
    }

    /// <summary>Gives the file its name; it is whole.</summary>
    public async ValueTask CommitAsync()
    {
        await Stream.DisposeAsync().ConfigureAwait(false);
        if (writtenPath != path)
        {
            File.Move(writtenPath, path, overwrite: true);
        }

        isCommitted = true;
    }

    /// <summary>Removes the file if it was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (isCommitted)
        {
            return;
        }

        await Stream.DisposeAsync().ConfigureAwait(false);
        if (writtenPath != path)
        {
            File.Delete(writtenPath);
        }
    }
}
