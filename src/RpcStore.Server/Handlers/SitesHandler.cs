using RpcStore.Contract;
using RpcStore.Core.Sites;
using RpcStore.JsonRpc;
using Site = RpcStore.Contract.Site;

namespace RpcStore.Server.Handlers;

/// <summary>The methods of <c>sites</c>.</summary>
internal sealed class SitesHandler(SiteRegistry sites) : ISitesService
{
    /// <inheritdoc/>
    public async ValueTask<Site> PublishAsync(
        string flist,
        string? account,
        string? prefix,
        string? domain,
        bool @public,
        bool index,
        bool spa,
        bool webdav,
        CallContext context)
    {
        context.SetSubject(domain ?? prefix ?? flist);
        var options = new SiteOptions { IsPublic = @public, HasIndex = index, IsSpa = spa, HasWebDav = webdav };
        var key = FlistWire.KeyOf(context.GetCaller(), flist, account);
        return ToWire(await sites.PublishAsync(key, prefix, domain, options, context.CancellationToken));
    }

    /// <inheritdoc/>
    public ValueTask<SitePage> ListAsync(string? account, string? flist, string? cursor, long limit, CallContext context)
    {
        var seesAll = context.GetCaller().Role >= Access.Role.User;
        var (page, next) = sites.List(seesAll, account, flist, (int)limit, cursor);
        return ValueTask.FromResult(new SitePage { Sites = [.. page.Select(ToWire)], Cursor = next });
    }

    /// <inheritdoc/>
    public async ValueTask<Site> UpdateAsync(
        string address,
        bool? @public,
        bool? index,
        bool? spa,
        bool? webdav,
        string? flist,
        string? account,
        CallContext context)
    {
        context.SetSubject(address);
        var change = new SiteChange(
            flist is null ? null : FlistWire.KeyOf(context.GetCaller(), flist, account), @public, index, spa, webdav);
        return ToWire(await sites.UpdateAsync(address, change, context.CancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask<Site> UnpublishAsync(string address, CallContext context)
    {
        context.SetSubject(address);
        return ToWire(await sites.UnpublishAsync(address, context.CancellationToken));
    }

    private static Site ToWire(Core.Sites.Site site) => new()
    {
        Id = site.Id,
        Account = site.Flist.Account,
        Flist = site.Flist.Name,
        Prefix = site.Address.Prefix,
        Domain = site.Address.Domain,
        Public = site.Options.IsPublic,
        Index = site.Options.HasIndex,
        Spa = site.Options.IsSpa,
        Webdav = site.Options.HasWebDav,
        CreatedAt = site.CreatedAt,
        UpdatedAt = site.UpdatedAt,
    };
}
