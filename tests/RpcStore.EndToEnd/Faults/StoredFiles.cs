using System.Security.Cryptography;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Faults;

/// <summary>What the disk holds, read past the server, and whether the server says the same.</summary>
internal static class StoredFiles
{
    /// <summary>The SHA-256 blobs of a data directory with their sizes. Every one is read: a file whose bytes are not its name fails.</summary>
    public static Dictionary<string, long> ReadWhole(string data)
    {
        var root = Path.Combine(data, "blobs", "sha256");
        var found = new Dictionary<string, long>();
        foreach (var file in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories))
        {
            var id = Path.GetRelativePath(root, file).Replace("/", "", StringComparison.Ordinal);
            using var content = File.OpenRead(file);
            Assert.Equal(id, Convert.ToHexStringLower(SHA256.HashData(content)));
            found.Add(id, content.Length);
        }

        return found;
    }

    /// <summary>List, has, stat, verify and the figures of the status agree with the files, and nothing is left over.</summary>
    public static async Task<Dictionary<string, long>> ShouldAgreeWithAsync(string data, AdminClient client, IEnumerable<string> others)
    {
        var files = ReadWhole(data);
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(data, "blobs", "incoming")));
        Assert.Equal(files.OrderBy(file => file.Key, StringComparer.Ordinal), await client.ListAsync());

        foreach (var ids in files.Keys.Union(others).Chunk(10_000))
        {
            var here = ids.Where(files.ContainsKey).ToHashSet();
            Assert.Equal(here, await client.FindAsync(ids));
            var stat = await client.CallAsync("blobs.stat", AdminClient.IdsOf(ids));
            Assert.Equal(here, stat["blobs"]!.AsArray().Select(blob => blob!["id"]!.GetValue<string>()).ToHashSet());
            Assert.All(stat["blobs"]!.AsArray(), blob => Assert.Equal(files[blob!["id"]!.GetValue<string>()], blob["size"]!.GetValue<long>()));
            Assert.Equal(here, AdminClient.Ids(await client.CallAsync("blobs.verify", AdminClient.IdsOf(ids)), "ok"));
        }

        var status = await client.CallAsync("server.status");
        Assert.Equal((files.Count, files.Values.Sum()), (status["blobs"]!.GetValue<int>(), status["blobBytes"]!.GetValue<long>()));
        return files;
    }
}
