using System.Collections.Frozen;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists.Registry;

namespace RpcStore.Core.Sites;

/// <summary>
/// The sites of a server: all of them are in memory, and what changes them is in the catalog first. Safe to use from any thread.
/// Every member may also fail as <see cref="CatalogDatabase"/> does.
/// </summary>
public sealed class SiteRegistry
{
    private readonly CatalogDatabase catalog;
    private readonly FrozenSet<string> reserved;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim loading = new(1);
    private volatile IReadOnlyList<Site> current = [];

    private SiteRegistry(CatalogDatabase catalog, FrozenSet<string> reserved, TimeProvider time) =>
        (this.catalog, this.reserved, this.time) = (catalog, reserved, time);

    /// <summary>
    /// Raised when the sites are others, one after another, after that is durable and before the caller is told. Handlers are
    /// short and do not throw.
    /// </summary>
    public event Action<IReadOnlyList<Site>>? Changed;

    /// <summary>All sites in the order of their addresses.</summary>
    public IReadOnlyList<Site> Current => current;

    /// <summary>Opens the sites of a catalog.</summary>
    /// <param name="catalog">Opened with <see cref="SiteTables.Migrations"/>.</param>
    /// <param name="reserved">First segments of paths that are the server's own (<see cref="SiteAddresses.Reserve"/>).</param>
    /// <param name="time">The clock.</param>
    public static async Task<SiteRegistry> OpenAsync(CatalogDatabase catalog, FrozenSet<string> reserved, TimeProvider time)
    {
        var registry = new SiteRegistry(catalog, reserved, time);
        await registry.LoadAsync();
        return registry;
    }

    /// <summary>Sites in the order of their addresses.</summary>
    /// <param name="seesAll">Whether those that are not public are among them.</param>
    /// <param name="account">Only those of this account's flists; null for all.</param>
    /// <param name="flist">Only those of flists of this name; null for all.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cursor">Where the page before ended; null from the first.</param>
    /// <returns>The sites, and the cursor of the next page; null when there is none.</returns>
    public (IReadOnlyList<Site> Sites, string? Next) List(bool seesAll, string? account, string? flist, int limit, string? cursor)
    {
        var page = current
            .Where(site => (seesAll || site.Options.IsPublic) && (account is null || site.Flist.Account == account)
                && (flist is null || site.Flist.Name == flist)
                && (cursor is null || string.CompareOrdinal(site.Address.ToString(), cursor) > 0))
            .OrderBy(site => site.Address.ToString(), StringComparer.Ordinal)
            .Take(limit + 1).ToList();
        return page.Count <= limit ? (page, null) : (page[..limit], page[limit - 1].Address.ToString());
    }

    /// <summary>Shows a flist at an address.</summary>
    /// <param name="flist">The flist.</param>
    /// <param name="prefix">The path below which it is; or null.</param>
    /// <param name="domain">The domain that it has; or null. Exactly one of the two is given.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Invalid"/>: the address is none; <see cref="Fault.Conflict"/>: it is taken or the server's own, or the
    /// flist is incomplete; <see cref="Fault.NotFound"/>: there is no such flist.
    /// </exception>
    public Task<Site> PublishAsync(
        FlistKey flist, string? prefix, string? domain, SiteOptions options, CancellationToken cancellationToken = default)
    {
        var address = SiteAddresses.Check(prefix, domain, reserved);
        return ChangeAsync(
            session =>
            {
                var records = new SiteRecords(session);
                var found = records.GetFlist(flist);
                if (records.Find(address) is { } taken)
                {
                    throw new StoreException(
                        Fault.Conflict, $"'{address}' is taken: it shows the flist '{taken.Flist}'. Update or unpublish that site, or choose another address.")
                    {
                        Details = new Dictionary<string, object> { ["id"] = address.ToString(), ["reason"] = "taken" },
                    };
                }

                records.Insert(address, found.Id, options, time.GetUtcNow());
                return records.Find(address)!;
            },
            cancellationToken);
    }

    /// <summary>Changes a site.</summary>
    /// <param name="address">Its prefix or its domain.</param>
    /// <param name="change">What to change.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such site or flist; <see cref="Fault.Conflict"/>: the flist is incomplete.
    /// </exception>
    public Task<Site> UpdateAsync(string address, SiteChange change, CancellationToken cancellationToken = default) => ChangeAsync(
        session =>
        {
            var records = new SiteRecords(session);
            var site = Get(records, address);
            var flist = change.Flist is { } key ? records.GetFlist(key).Id : site.FlistId;
            var options = new SiteOptions
            {
                IsPublic = change.IsPublic ?? site.Options.IsPublic,
                HasIndex = change.HasIndex ?? site.Options.HasIndex,
                IsSpa = change.IsSpa ?? site.Options.IsSpa,
                HasWebDav = change.HasWebDav ?? site.Options.HasWebDav,
            };
            records.Update(site.Id, flist, options, time.GetUtcNow());
            return records.Find(site.Address)!;
        },
        cancellationToken);

    /// <summary>Shows a flist no more at an address.</summary>
    /// <param name="address">Its prefix or its domain.</param>
    /// <param name="cancellationToken">Takes the request back as long as it has not begun.</param>
    /// <returns>The site as it was.</returns>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is no such site.</exception>
    public Task<Site> UnpublishAsync(string address, CancellationToken cancellationToken = default) => ChangeAsync(
        session =>
        {
            var records = new SiteRecords(session);
            var site = Get(records, address);
            records.Delete(site.Id);
            return site;
        },
        cancellationToken);

    private static Site Get(SiteRecords records, string address) => records.Find(SiteAddresses.Parse(address))
        ?? throw new StoreException(Fault.NotFound, $"There is no site '{address}'.")
        {
            Details = new Dictionary<string, object> { ["id"] = address, ["reason"] = "site" },
        };

    private async Task<Site> ChangeAsync(Func<CatalogSession, Site> change, CancellationToken cancellationToken)
    {
        var site = await catalog.WriteAsync(change, cancellationToken);
        await LoadAsync();
        return site;
    }

    /// <summary>Reads all sites, one after another with others who do, so that the last one has read the last change.</summary>
    private async Task LoadAsync()
    {
        await loading.WaitAsync();
        try
        {
            current = await catalog.ReadAsync(session => new SiteRecords(session).List());
            Changed?.Invoke(current);
        }
        finally
        {
            loading.Release();
        }
    }
}
