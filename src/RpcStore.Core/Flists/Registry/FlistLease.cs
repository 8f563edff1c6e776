namespace RpcStore.Core.Flists.Registry;

/// <summary>
/// The content of a flist that somebody reads: as long as the lease is held, neither its file nor its blobs are removed, also when
/// the flist is replaced or deleted meanwhile. Safe to use from any thread; to be disposed.
/// </summary>
public sealed class FlistLease : IDisposable
{
    private readonly FlistLimits limits;
    private Action? release;

    internal FlistLease(Flist flist, string path, FlistLimits limits, Action release)
    {
        (Flist, Path, this.limits, this.release) = (flist, path, limits, release);
    }

    /// <summary>The flist as it was when the lease was taken.</summary>
    public Flist Flist { get; }

    /// <summary>Its <c>.fl</c> file, which does not change.</summary>
    public string Path { get; }

    /// <summary>Opens a reader of it; to be disposed before the lease.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Unavailable"/>: the disk fails, or the file is damaged.</exception>
    public FlistReader OpenReader(CancellationToken cancellationToken = default)
    {
        try
        {
            return FlistReader.Open(Path, limits, cancellationToken);
        }
        catch (StoreException e) when (e.Fault is Fault.Invalid or Fault.NotFound or Fault.TooLarge)
        {
            // It was looked at when it came in: whatever it is now, the caller did nothing wrong.
            throw new StoreException(Fault.Unavailable, $"The file of the flist '{Flist.Key}' is damaged: {e.Message} Upload it again.", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Interlocked.Exchange(ref release, null)?.Invoke();
}
