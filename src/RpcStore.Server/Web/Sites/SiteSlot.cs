using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>
/// A site as it is served now. Its flist is opened with the first request, and anew when it was replaced: a request that comes
/// after <see cref="Invalidate"/> sees the new one, those that run finish with the old one. Safe to use from any thread.
/// </summary>
/// <param name="address">Where it is.</param>
/// <param name="options">How it is shown.</param>
/// <param name="subject">The flist's name, for the journal.</param>
/// <param name="open">Opens the flist as it is now, held once.</param>
internal sealed class SiteSlot(
    SiteAddress address, SiteOptions options, string subject, Func<CancellationToken, ValueTask<ServedFlist>> open)
{
    // Fresh copies need no request at all, but then a new version would not be seen: copies are kept and always asked about.
    private const string PublicCache = "public, no-cache";

    private const string PrivateCache = "private, no-cache";

    private readonly SemaphoreSlim opening = new(1);
    private ServedFlist? tree;
    private long version;
    private volatile bool isClosed;

    /// <summary>Where it is.</summary>
    public SiteAddress Address => address;

    /// <summary>How it is shown.</summary>
    public SiteOptions Options => options;

    /// <summary>The flist's name.</summary>
    public string Subject => subject;

    /// <summary>What caches between here and the browser may do.</summary>
    public string CacheControl { get; } = options.IsPublic ? PublicCache : PrivateCache;

    /// <summary>The flist, if it is open.</summary>
    /// <returns>Held once for the caller; null when <see cref="OpenAsync"/> is needed.</returns>
    public ServedFlist? TryHold() => Volatile.Read(ref tree) is { } known && known.TryHold() ? known : null;

    /// <summary>Opens the flist.</summary>
    /// <returns>Held once for the caller.</returns>
    /// <exception cref="RpcStore.Core.StoreException">It cannot be opened.</exception>
    public async ValueTask<ServedFlist> OpenAsync(CancellationToken cancellationToken)
    {
        await opening.WaitAsync(cancellationToken);
        try
        {
            if (TryHold() is { } known)
            {
                return known;
            }

            var before = Volatile.Read(ref version);
            var opened = await open(cancellationToken);
            opened.TryHold();
            Volatile.Write(ref tree, opened);
            if (isClosed || Volatile.Read(ref version) != before)
            {
                // Replaced while it was opened: good for this request, and for no later one.
                Invalidate();
            }

            return opened;
        }
        finally
        {
            opening.Release();
        }
    }

    /// <summary>The flist is another now.</summary>
    public void Invalidate()
    {
        Interlocked.Increment(ref version);
        Interlocked.Exchange(ref tree, null)?.Release();
    }

    /// <summary>The site is gone; requests that run finish.</summary>
    public void Close()
    {
        isClosed = true;
        Invalidate();
    }

    /// <summary>Gives back what an idle flist does not need.</summary>
    public void Trim() => Volatile.Read(ref tree)?.Trim();
}
