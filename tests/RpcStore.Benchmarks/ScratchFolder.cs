namespace RpcStore.Benchmarks;

/// <summary>
/// A folder for what one benchmark writes. Everything goes at the end only: making files just after many were deleted is
/// several times slower than otherwise.
/// </summary>
internal sealed class ScratchFolder : IDisposable
{
    private readonly string path;
    private int next;

    public ScratchFolder(string parent)
    {
        path = Path.Combine(parent, "scratch-" + Guid.NewGuid().ToString("n"));
        Directory.CreateDirectory(path);
    }

    /// <summary>A path where nothing is yet.</summary>
    public string NewPath() => Path.Combine(path, (++next).ToString(System.Globalization.CultureInfo.InvariantCulture));

    public void Dispose() => Directory.Delete(path, recursive: true);
}
