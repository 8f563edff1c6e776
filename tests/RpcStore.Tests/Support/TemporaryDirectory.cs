namespace RpcStore.Tests.Support;

/// <summary>A new directory, made when it is first used, that is removed with what is in it.</summary>
public sealed class TemporaryDirectory : IDisposable
{
    private readonly Lazy<string> path = new(() => Directory.CreateTempSubdirectory("rpcstore-test-").FullName);

    public string Path => path.Value;

    public string Combine(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    public void Dispose()
    {
        if (path.IsValueCreated)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
