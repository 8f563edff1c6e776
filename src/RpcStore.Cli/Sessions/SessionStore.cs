using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RpcStore.Contract.Connections;

namespace RpcStore.Cli.Sessions;

/// <summary>
/// Keeps the session of each server in a file of its own that its owner alone may read (mode 0600). A file is there whole or
/// not at all, also when several commands write at once or the machine stops.
/// </summary>
/// <param name="directory">Where the files are; made when it is needed.</param>
internal sealed class SessionStore(string directory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The session of a server; null when nobody is logged in there.</summary>
    /// <param name="server">The URL that commands are given.</param>
    /// <exception cref="IOException">The file cannot be read, or is damaged.</exception>
    public StoredSession? Find(EndpointUrl server)
    {
        var path = PathOf(server);
        byte[] text;
        try
        {
            text = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }

        try
        {
            var session = JsonSerializer.Deserialize(text, StoredSessionJson.Default.StoredSession);
            return session?.Server == NameOf(server) ? session : throw new JsonException("it is of another server");
        }
        catch (JsonException e)
        {
            throw new IOException($"{path} is damaged ({e.Message}). Remove it and log in again.", e);
        }
    }

    /// <summary>Keeps a session, in the place of one that was kept for the server before.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(EndpointUrl server, string serverId, string token, string sessionId, string account, DateTimeOffset expiresAt)
    {
        var session = new StoredSession(NameOf(server), serverId, token, sessionId, account, expiresAt);
        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        var path = PathOf(server);
        var aside = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}.new";
        try
        {
            Write(aside, session);
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>Forgets the session of a server.</summary>
    /// <exception cref="IOException">The file cannot be removed.</exception>
    public void Remove(EndpointUrl server)
    {
        if (Directory.Exists(directory))
        {
            File.Delete(PathOf(server));
        }
    }

    private static void Write(string path, StoredSession session)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly };
        using var file = new FileStream(path, options);
        JsonSerializer.Serialize(file, session, StoredSessionJson.Default.StoredSession);
        file.Flush(flushToDisk: true);
    }

    /// <summary>The one name of a server: a relative path means another socket in another folder.</summary>
    private static string NameOf(EndpointUrl server) =>
        server.Scheme == EndpointScheme.Unix ? "unix:" + Path.GetFullPath(server.Path) : server.ToString().ToLowerInvariant();

    // A URL may be longer than the name of a file, and has slashes.
    private string PathOf(EndpointUrl server) =>
        Path.Join(directory, $"session-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(NameOf(server))))[..32]}.json");
}
