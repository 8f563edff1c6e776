using RpcStore.Core.Sites;

namespace RpcStore.Server.Web.Sites;

/// <summary>The sites that are served now. Replaced as a whole; safe to use from any thread.</summary>
/// <param name="reserved">First segments of paths that are the server's own.</param>
internal sealed class LiveSites(IReadOnlySet<string> reserved) : IDisposable
{
    private readonly Lock gate = new();
    private IReadOnlyCollection<SiteSlot> slots = [];
    private volatile SiteTable<SiteSlot> table = new([], []);

    /// <summary>Finds the site of a request.</summary>
    public SiteTable<SiteSlot> Table => table;

    /// <summary>Serves these sites from now on; those that are not among them any more are closed.</summary>
    public void Replace(IReadOnlyCollection<SiteSlot> next)
    {
        lock (gate)
        {
            var gone = slots.Except(next).ToArray();
            slots = next;
            table = new SiteTable<SiteSlot>(next.Select(slot => (slot.Address, slot)), reserved);
            Array.ForEach(gone, static slot => slot.Close());
        }
    }

    /// <summary>Gives back what idle sites do not need; called now and then.</summary>
    public void Trim()
    {
        lock (gate)
        {
            foreach (var slot in slots)
            {
                slot.Trim();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Replace([]);
}
