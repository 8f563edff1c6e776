namespace RpcStore.EndToEnd.Support;

/// <summary>A folder of its own for one test. Its path is short, because a socket path has to fit into 107 bytes.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rpcs-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
