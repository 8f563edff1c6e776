using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>All that a server keeps for flists: what it says it has, and what its disk has.</summary>
/// <param name="Flists">Each with its digest.</param>
/// <param name="Files">In the folder of the flists.</param>
/// <param name="Blobs">Files of blobs.</param>
/// <param name="Others">What is there only while something is done: incoming blobs, spooled answers, temporary files.</param>
/// <param name="Unreferenced">Blobs that nothing references, as the server says.</param>
internal sealed record KeptState(string Flists, string Files, string Blobs, string Others, int Unreferenced)
{
    /// <summary>Looks at a server.</summary>
    /// <param name="server">The server.</param>
    /// <param name="client">Its admin.</param>
    /// <param name="temporary">Where it makes temporary files; null for nowhere.</param>
    public static async Task<KeptState> ReadAsync(ServerProcess server, AdminClient client, string? temporary = null)
    {
        var flists = (await client.Http.ListFlistsAsync()).Select(flist => $"{FlistCalls.NameOf(flist)}={flist["digest"]}");
        var garbage = await client.CallAsync("blobs.collect", """{"dryRun":true,"prefix":"blake2b-","minAgeSeconds":0}""");
        var others = new[] { Path.Combine(server.Data, "blobs", "incoming"), Path.Combine(server.Data, "spool"), temporary };
        return new KeptState(
            string.Join('\n', flists),
            Names(Path.Combine(server.Data, "flists")),
            Names(Path.Combine(server.Data, "blobs", "blake2b")),
            string.Join('\n', others.Where(folder => folder is not null).Select(folder => Names(folder!))).Trim('\n'),
            (int)garbage["blobs"]!);
    }

    /// <summary>Waits until a server keeps this and nothing else. What a caller who is gone began is cleared away behind them.</summary>
    public Task ShouldReturnAsync(ServerProcess server, AdminClient client, string? temporary = null) => Eventually.HoldsAsync(
        async () => await ReadAsync(server, client, temporary) == this,
        async () => $"expected {this}\nfound {await ReadAsync(server, client, temporary)}\n{server.Log}");

    private static string Names(string folder) => !Directory.Exists(folder) ? "" : string.Join('\n', Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(folder, path))
        .Order(StringComparer.Ordinal));
}
