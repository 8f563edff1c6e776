using RpcStore.Core;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Flists.Serving;
using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>Keeps what is served in step with what is published: sites come and go, and their flists get new contents.</summary>
internal sealed class PublishedSites : IDisposable
{
    private readonly SiteRegistry registry;
    private readonly FlistRegistry flists;
    private readonly SiteServing serving;
    private readonly Lock gate = new();
    private Dictionary<Site, SiteSlot> slots = [];

    /// <summary>Serves all sites from now on.</summary>
    public PublishedSites(SiteRegistry registry, FlistRegistry flists, SiteServing serving)
    {
        (this.registry, this.flists, this.serving) = (registry, flists, serving);
        registry.Changed += Serve;
        flists.Changed += Renew;
        Serve(registry.Current);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        registry.Changed -= Serve;
        flists.Changed -= Renew;
        serving.Live.Replace([]);
    }

    private void Serve(IReadOnlyList<Site> sites)
    {
        lock (gate)
        {
            // A site that did not change keeps its open flist.
            slots = sites.ToDictionary(site => site, site => slots.GetValueOrDefault(site) ?? Create(site));
            serving.Live.Replace(slots.Values);
        }
    }

    private void Renew(string flistId)
    {
        lock (gate)
        {
            foreach (var (site, slot) in slots)
            {
                if (site.FlistId == flistId)
                {
                    slot.Invalidate();
                }
            }
        }
    }

    private SiteSlot Create(Site site) => new(
        site.Address, site.Options, site.Flist.ToString(), cancellation => OpenAsync(site.FlistId, cancellation));

    private async ValueTask<ServedFlist> OpenAsync(string flistId, CancellationToken cancellationToken)
    {
        var lease = await flists.OpenAsync(flistId, FlistViewer.All, cancellationToken);
        if (!lease.Flist.IsComplete)
        {
            lease.Dispose();
            throw new StoreException(
                Fault.Unavailable, "The flist of this site was replaced by one that is incomplete. It is shown again when all of it is here.")
            {
                Details = new Dictionary<string, object> { ["reason"] = "incomplete" },
            };
        }

        return new ServedFlist(lease.Flist.Digest, lease.OpenReader, serving.Blocks, lease);
    }
}
