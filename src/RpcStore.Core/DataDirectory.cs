using System.Security.Cryptography;
using System.Text.Json;
using RpcStore.Core.Disk;

namespace RpcStore.Core;

/// <summary>
/// The directory that holds everything a server keeps (spec/storage-layout.md), locked for this process as long as it is
/// open. Immutable; safe to use from any thread.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    /// <summary>The version of the layout that this program reads and writes.</summary>
    public const int Layout = 1;

    private const string IdentityFile = "rpcstore.json";
    private const string NewIdentityFile = "rpcstore.json.new";
    private const string LockFile = "rpcstore.lock";
    private const uint PrivateFile = 0b110_000_000;

    // What may lie in a directory that is to become one of ours: what a first start that was interrupted has left, the
    // socket, and what the root of a fresh ext4 file system has.
    private static readonly string[] Harmless = [NewIdentityFile, LockFile, "rpcstore.sock", "lost+found"];

    private readonly OpenFile lockFile;

    private DataDirectory(string path, string serverId, OpenFile lockFile)
    {
        Path = path;
        ServerId = serverId;
        this.lockFile = lockFile;
    }

    /// <summary>Where it is, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>Names the directory for as long as it exists: 128 random bits in hex.</summary>
    public string ServerId { get; }

    /// <summary>The folder for answers that are too long for memory; empty when the server starts.</summary>
    public string SpoolPath => System.IO.Path.Combine(Path, "spool");

    /// <summary>The folder of the blobs.</summary>
    public string BlobsPath => System.IO.Path.Combine(Path, "blobs");

    /// <summary>Opens a data directory, or makes one where there is nothing or an empty folder.</summary>
    /// <param name="path">Where it is. A directory that is made gets mode 0700.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Conflict"/>: another server uses it, a newer program made it, or it holds other things;
    /// <see cref="Fault.Unavailable"/>: it cannot be read or written. The message says what to do.
    /// </exception>
    public static DataDirectory Open(string path)
    {
        path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path));
        try
        {
            return OpenOrMake(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StoreException { Fault: Fault.Unavailable })
        {
            throw new StoreException(
                Fault.Unavailable,
                $"The data directory {path} cannot be used: {e.Message} Give the user that runs the server the right to write to it, or choose another.",
                e);
        }
    }

    /// <summary>Gives the directory up, so that another server may use it.</summary>
    public void Dispose() => lockFile.Dispose();

    private static DataDirectory OpenOrMake(string path)
    {
        if (!Directory.Exists(path))
        {
            MakeFolder(path);
        }

        if (!File.Exists(System.IO.Path.Combine(path, IdentityFile)))
        {
            RefuseForeign(path);
        }

        using var folder = Folder.Open(path);
        var lockFile = folder.OpenOrCreate(Folder.Terminated(LockFile), PrivateFile);
        try
        {
            if (!lockFile.TryLock())
            {
                throw new StoreException(
                    Fault.Conflict, $"The data directory {path} is used by another server that runs. Stop that one, or choose another directory.");
            }

            var serverId = ReadIdentity(path) ?? MakeIdentity(path, folder);
            var data = new DataDirectory(path, serverId, lockFile);
            EmptySpool(data.SpoolPath, folder);
            return data;
        }
        catch
        {
            lockFile.Dispose();
            throw;
        }
    }

    private static void MakeFolder(string path)
    {
        var parent = System.IO.Path.GetDirectoryName(path) ?? throw new DirectoryNotFoundException("There is no such directory.");
        Directory.CreateDirectory(parent);
        using var folder = Folder.Open(parent);
        folder.TryMakeFolder(Folder.Terminated(System.IO.Path.GetFileName(path)), Folder.PrivateMode);
    }

    private static void RefuseForeign(string path)
    {
        foreach (var entry in Directory.EnumerateFileSystemEntries(path))
        {
            if (!Harmless.Contains(System.IO.Path.GetFileName(entry)))
            {
                throw new StoreException(
                    Fault.Conflict,
                    $"The directory {path} holds other things and no {IdentityFile}, so it is no data directory. Choose an empty or a new one.");
            }
        }
    }

    private static string? ReadIdentity(string path)
    {
        var file = System.IO.Path.Combine(path, IdentityFile);
        if (!File.Exists(file))
        {
            return null;
        }

        DataDirectoryIdentity? identity;
        try
        {
            identity = JsonSerializer.Deserialize(File.ReadAllBytes(file), DataDirectoryJson.Default.DataDirectoryIdentity);
        }
        catch (JsonException e)
        {
            throw Broken(path, e);
        }

        if (identity is null || identity.Layout < 1 || identity.ServerId is not { Length: 32 } id || id.AsSpan().ContainsAnyExcept("0123456789abcdef"))
        {
            throw Broken(path, null);
        }

        return identity.Layout <= Layout
            ? id
            : throw new StoreException(
                Fault.Conflict,
                $"The data directory {path} has layout {identity.Layout}, and this program knows layouts up to {Layout}. Use the newer program that made it.");
    }

    private static StoreException Broken(string path, Exception? inner) => new(
        Fault.Conflict,
        $"The file {IdentityFile} of the data directory {path} is broken. Restore it: {{\"layout\":{Layout},\"serverId\":\"32 hex digits\"}}.",
        inner);

    private static string MakeIdentity(string path, Folder folder)
    {
        var serverId = RandomNumberGenerator.GetHexString(32, lowercase: true);
        var made = System.IO.Path.Combine(path, NewIdentityFile);
        using (var file = new FileStream(made, FileMode.Create, FileAccess.Write))
        {
            JsonSerializer.Serialize(file, new DataDirectoryIdentity(Layout, serverId), DataDirectoryJson.Default.DataDirectoryIdentity);
            file.Flush(flushToDisk: true);
        }

        // Whole or not at all, also when the machine dies now.
        File.Move(made, System.IO.Path.Combine(path, IdentityFile));
        folder.Flush();
        return serverId;
    }

    private static void EmptySpool(string path, Folder data)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }

        data.TryMakeFolder("spool\0"u8, Folder.PrivateMode);
    }
}
