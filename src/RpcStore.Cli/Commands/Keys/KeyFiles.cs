using System.Text;
using RpcStore.Keys;

namespace RpcStore.Cli.Commands.Keys;

/// <summary>The two files of a key, as OpenSSH has them: FILE, and FILE.pub.</summary>
internal static class KeyFiles
{
    /// <summary>Where the public half of a private key is.</summary>
    public static string PublicFileOf(string file) => file + ".pub";

    /// <summary>Writes both; neither may be there. When the second cannot be written the first is taken back.</summary>
    /// <exception cref="IOException">One exists or cannot be written.</exception>
    public static void Create(string file, PrivateKey key)
    {
        try
        {
            PrivateKeyFile.Create(file, key);
        }
        catch (IOException) when (File.Exists(file))
        {
            throw new IOException($"{file} exists; choose another name");
        }

        try
        {
            using var stream = new FileStream(PublicFileOf(file), FileMode.CreateNew, FileAccess.Write);
            stream.Write(Encoding.UTF8.GetBytes($"{key.PublicKey.Text} {key.Comment}".TrimEnd() + "\n"));
            stream.Flush(flushToDisk: true);
        }
        catch
        {
            File.Delete(file);
            throw;
        }
    }

    /// <summary>The public half of a file that holds either.</summary>
    /// <exception cref="FormatException">It holds neither; the message says why.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (PublicKey Key, string Comment) Read(string file)
    {
        using var reader = File.OpenText(file);
        var start = new char[PublicKey.MaxTextLength + 1];
        var text = new string(start, 0, reader.ReadBlock(start));
        if (text.Contains("PRIVATE KEY-----", StringComparison.Ordinal))
        {
            using var key = PrivateKeyFile.Read(file);
            return (key.PublicKey, key.Comment);
        }

        return (PublicKey.Parse(text, out var comment), comment);
    }
}
