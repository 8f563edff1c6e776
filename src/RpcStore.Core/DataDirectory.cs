using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using RpcStore.Core.Catalog;
using RpcStore.Core.Disk;

namespace RpcStore.Core;

/// <summary>
/// The folder that holds all that a server keeps (spec/storage-layout.md). Opening it makes sure that it is one, of a
/// version that this server knows, writable, and used by nobody else; disposing it lets others use it.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The version of the layout that this server writes.</summary>
    public const int Layout = 1;

    private const string MarkerName = "rpcstore.json";
    private const string LockName = "rpcstore.lock";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream hold;

    private DataDirectory(string path, string serverId, FileStream hold)
    {
        Path = path;
        ServerId = serverId;
        this.hold = hold;
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Names it for as long as it exists: 32 hex digits.</summary>
    public string ServerId { get; }

    /// <summary>Where the blobs are.</summary>
    public string BlobsPath => System.IO.Path.Combine(Path, "blobs");

    /// <summary>Where the catalog is.</summary>
    public string CatalogPath => System.IO.Path.Combine(Path, CatalogDatabase.FileName);

    /// <summary>Where the files of flists are.</summary>
    public string FlistsPath => System.IO.Path.Combine(Path, "flists");

    /// <summary>Where answers wait that are too long for memory; emptied when it is opened.</summary>
    public string SpoolPath => System.IO.Path.Combine(Path, "spool");

    /// <summary>Opens a data directory; one that is missing or empty is made.</summary>
    /// <param name="path">Where it is.</param>
    /// <exception cref="StoreException">
    /// It cannot be used: <see cref="Fault.Conflict"/> when another server uses it, when it is something else or of a newer
    /// version, <see cref="Fault.Unavailable"/> when it cannot be read or written. The message says what to do.
    /// </exception>
    public static DataDirectory Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            var marker = System.IO.Path.Combine(path, MarkerName);
            if (!Directory.Exists(path))
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }
            else if (!File.Exists(marker) && Directory.EnumerateFileSystemEntries(path).Any(entry => !IsOurs(entry)))
            {
                throw new StoreException(
                    Fault.Conflict,
                    $"{path} holds other things and no {MarkerName}: it is not a data directory. Choose an empty or a new one with --data.");
            }

            var hold = Lock(path);
            try
            {
                var data = new DataDirectory(path, ReadOrWriteMarker(marker), hold);
                ResetSpool(data.SpoolPath);
                return data;
            }
            catch
            {
                hold.Dispose();
                throw;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                Fault.Unavailable, $"The data directory {path} cannot be used: {e.Message.TrimEnd('.')}. Choose another one with --data.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => hold.Dispose();

    // Left by a start that was cut off before the marker was written, by one that runs now, or by mkfs in a new file system.
    private static bool IsOurs(string entry) =>
        System.IO.Path.GetFileName(entry) is LockName or MarkerName + ".new" or "rpcstore.sock" or "lost+found";

    private static FileStream Lock(string path)
    {
        var file = System.IO.Path.Combine(path, LockName);
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,

            // The framework takes flock(LOCK_EX | LOCK_NB) for this; the kernel lets go of it when the process dies.
            Share = FileShare.None,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        try
        {
            return new FileStream(file, options);
        }
        catch (IOException e) when (e.HResult == ErrorNumber.WouldBlock)
        {
            throw new StoreException(
                Fault.Conflict, $"The data directory {path} is in use by another server. Stop it, or choose another one with --data.", e);
        }
    }

    private static string ReadOrWriteMarker(string marker)
    {
        if (!File.Exists(marker))
        {
            var serverId = RandomNumberGenerator.GetHexString(32, lowercase: true);
            var text = string.Create(CultureInfo.InvariantCulture, $$"""{"layout":{{Layout}},"serverId":"{{serverId}}"}""");
            var aside = marker + ".new";
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write))
            {
                file.Write(System.Text.Encoding.UTF8.GetBytes(text + "\n"));
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, marker, overwrite: true);
            FileSystem.FlushFolder(System.IO.Path.GetDirectoryName(marker)!);
            return serverId;
        }

        return ReadMarker(marker);
    }

    private static string ReadMarker(string marker)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(marker));
            var layout = json.RootElement.GetProperty("layout").GetInt32();
            var serverId = json.RootElement.GetProperty("serverId").GetString();
            if (layout > Layout)
            {
                throw new StoreException(
                    Fault.Conflict,
                    $"{marker} says layout {layout}, and this server knows layouts up to {Layout}. It was written by a newer server: use that one.");
            }

            if (layout >= 1 && serverId is { Length: 32 } && serverId.All(char.IsAsciiHexDigitLower))
            {
                return serverId;
            }
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Damaged(marker, e);
        }

        throw Damaged(marker, null);
    }

    private static StoreException Damaged(string marker, Exception? inner) =>
        new(Fault.Conflict, $"{marker} is broken. Restore it from a backup; the blobs beside it are not touched.", inner);

    private static void ResetSpool(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        Directory.CreateDirectory(path, OwnerOnly);
    }
}
