using System.Security.Cryptography;
using System.Text;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Rfs;

/// <summary>
/// Packs and unpacks <c>.fl</c> files as rfs does: its schema, its blocks of 512 KiB, its encoding of them. Regular files and
/// directories are enough here.
/// </summary>
internal static class RfsFlist
{
    private const int BlockBytes = 512 << 10;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS inode (ino INTEGER PRIMARY KEY AUTOINCREMENT, parent INTEGER, name VARCHAR(255), size INTEGER,
            uid INTEGER, gid INTEGER, mode INTEGER, rdev INTEGER, ctime INTEGER, mtime INTEGER);
        CREATE INDEX IF NOT EXISTS parents ON inode (parent);
        CREATE INDEX IF NOT EXISTS names ON inode (name);
        CREATE TABLE IF NOT EXISTS extra (ino INTEGER PRIMARY KEY, data VARCHAR(4096));
        CREATE TABLE IF NOT EXISTS block (ino INTEGER, id VARCHAR(32), key VARCHAR(32));
        CREATE INDEX IF NOT EXISTS block_ino ON block (ino);
        CREATE TABLE IF NOT EXISTS tag (key VARCHAR(10) PRIMARY KEY, value VARCHAR(255));
        CREATE TABLE IF NOT EXISTS route (start integer, end integer, url VARCHAR(2048));
        """;

    /// <summary><c>rfs pack -s server://URL?token=TOKEN</c>: posts every block, and writes the <c>.fl</c>.</summary>
    /// <param name="client">The server, signed in.</param>
    /// <param name="files">Paths such as <c>/a/b.txt</c> and what they hold.</param>
    /// <param name="target">The <c>.fl</c> to write.</param>
    public static async Task PackAsync(RfsClient client, IEnumerable<(string Path, byte[] Content)> files, string target)
    {
        var sql = new StringBuilder(Schema).AppendLine("BEGIN;");
        sql.AppendLine($"INSERT INTO route VALUES (0, 255, 'server://{client.Url}');");
        var inodes = new Dictionary<string, int> { [""] = 1 };
        sql.AppendLine("INSERT INTO inode VALUES (1, 0, '/', 4096, 0, 0, 16893, 0, 1700000000, 1700000000);");
        foreach (var (path, content) in files)
        {
            var names = path.Trim('/').Split('/');
            for (var depth = 1; depth <= names.Length; depth++)
            {
                var here = string.Join('/', names[..depth]);
                if (inodes.ContainsKey(here))
                {
                    continue;
                }

                var ino = inodes.Count + 1;
                inodes.Add(here, ino);
                var (mode, size) = depth == names.Length ? (33204, content.Length) : (16893, 4096);
                sql.AppendLine(
                    $"INSERT INTO inode VALUES ({ino}, {inodes[string.Join('/', names[..(depth - 1)])]}, '{names[depth - 1]}', {size}, 0, 0, {mode}, 0, 1700000000, 1700000000);");
            }

            foreach (var chunk in content.Chunk(BlockBytes))
            {
                var (id, key, blob) = Encode(chunk);
                var (_, hash) = await client.UploadBlockAsync(blob, "", 0);
                Assert.Equal(Convert.ToHexStringLower(id), hash);
                sql.AppendLine($"INSERT INTO block VALUES ({inodes[path.Trim('/')]}, X'{Convert.ToHexString(id)}', X'{Convert.ToHexString(key)}');");
            }
        }

        sql.AppendLine("COMMIT;");
        (await Command.RunAsync("sqlite3", [target], Encoding.UTF8.GetBytes(sql.ToString()))).ShouldSucceed();
    }

    /// <summary><c>rfs unpack</c>: brings every block by the route that the <c>.fl</c> names.</summary>
    /// <returns>Paths of files and what they hold.</returns>
    public static async Task<Dictionary<string, byte[]>> UnpackAsync(string flist, Func<string, Func<string, Task<byte[]?>>> open)
    {
        var url = (await QueryAsync(flist, "SELECT url FROM route WHERE start <= 0 AND end >= 255")).Single();
        var fetch = open(url["server://".Length..]);
        var nodes = (await QueryAsync(flist, "SELECT ino, parent, name, mode FROM inode"))
            .Select(row => row.Split('|')).ToDictionary(row => int.Parse(row[0]), row => (Parent: int.Parse(row[1]), Name: row[2], Mode: int.Parse(row[3])));
        var tree = new Dictionary<string, byte[]>();
        foreach (var (ino, node) in nodes.Where(node => (node.Value.Mode & 0xF000) == 0x8000))
        {
            var content = new MemoryStream();
            foreach (var row in await QueryAsync(flist, $"SELECT hex(id), hex(key) FROM block WHERE ino = {ino} ORDER BY rowid"))
            {
                var (id, key) = (row.Split('|')[0], row.Split('|')[1]);
                var blob = await fetch(id.ToLowerInvariant()) ?? throw new FileNotFoundException($"The block {id} of {node.Name} is not there.");
                content.Write(Decode(blob, Convert.FromHexString(key)));
            }

            var path = "";
            for (var at = ino; at != 1; at = nodes[at].Parent)
            {
                path = "/" + nodes[at].Name + path;
            }

            tree.Add(path, content.ToArray());
        }

        return tree;
    }

    private static (byte[] Id, byte[] Key, byte[] Blob) Encode(byte[] plain)
    {
        var key = Convert.FromHexString(RfsClient.HashOf(plain));
        var packed = IronSnappy.Snappy.Encode(plain);
        var blob = new byte[packed.Length + 16];
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(key.AsSpan(0, 12), packed, blob.AsSpan(0, packed.Length), blob.AsSpan(packed.Length));
        return (Convert.FromHexString(RfsClient.HashOf(blob)), key, blob);
    }

    private static byte[] Decode(byte[] blob, byte[] key)
    {
        var packed = new byte[blob.Length - 16];
        using var aes = new AesGcm(key, 16);
        aes.Decrypt(key.AsSpan(0, 12), blob.AsSpan(0, packed.Length), blob.AsSpan(packed.Length), packed);
        return IronSnappy.Snappy.Decode(packed);
    }

    private static async Task<string[]> QueryAsync(string flist, string sql) =>
        (await Command.RunAsync("sqlite3", ["-readonly", flist, sql])).ShouldSucceed().Lines;
}
