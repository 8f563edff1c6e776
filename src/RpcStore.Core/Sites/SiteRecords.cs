using System.Security.Cryptography;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists.Registry;

namespace RpcStore.Core.Sites;

/// <summary>Sites as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct SiteRecords(CatalogSession session)
{
    private const string Select =
        """
        select s.id, s.address, s.flist_id, f.account, f.name, s.is_public, s.has_index, s.is_spa, s.has_webdav, s.created_at, s.updated_at
        from sites s join flists f on f.id = s.flist_id
        """;

    /// <summary>All sites in the order of their addresses.</summary>
    public List<Site> List() => session.Prepare($"{Select} order by s.address").ToList(Read);

    /// <summary>One site; null when there is none.</summary>
    public Site? Find(SiteAddress address) =>
        session.Prepare($"{Select} where s.address = @address").Bind("@address", address.ToString()).FirstOrDefault(Read);

    /// <summary>The flist to show, which must be complete.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>; <see cref="Fault.Conflict"/>: it is incomplete.</exception>
    public Flist GetFlist(FlistKey key)
    {
        var flist = new FlistRecords(session).Find(key) ?? throw FlistRegistryFaults.NoFlist(key.ToString());
        FlistRegistry.CheckComplete(flist);
        return flist;
    }

    /// <summary>Makes a site.</summary>
    public void Insert(SiteAddress address, string flistId, SiteOptions options, DateTimeOffset now) => Bind(
        session.Prepare(
            """
            insert into sites (id, address, flist_id, is_public, has_index, is_spa, has_webdav, created_at, updated_at)
            values (@id, @address, @flist, @public, @index, @spa, @webdav, @now, @now)
            """)
        .Bind("@id", RandomNumberGenerator.GetHexString(32, lowercase: true)).Bind("@address", address.ToString()),
        flistId, options, now).Execute();

    /// <summary>Changes a site.</summary>
    public void Update(string id, string flistId, SiteOptions options, DateTimeOffset now) => Bind(
        session.Prepare(
            """
            update sites set flist_id = @flist, is_public = @public, has_index = @index, is_spa = @spa, has_webdav = @webdav, updated_at = @now
            where id = @id
            """).Bind("@id", id),
        flistId, options, now).Execute();

    /// <summary>Forgets a site.</summary>
    public void Delete(string id) => session.Prepare("delete from sites where id = @id").Bind("@id", id).Execute();

    private static CatalogStatement Bind(CatalogStatement statement, string flistId, SiteOptions options, DateTimeOffset now) => statement
        .Bind("@flist", flistId).Bind("@public", options.IsPublic).Bind("@index", options.HasIndex)
        .Bind("@spa", options.IsSpa).Bind("@webdav", options.HasWebDav).Bind("@now", now);

    private static Site Read(CatalogRow row) => new()
    {
        Id = row.GetString(0),
        Address = SiteAddresses.Parse(row.GetString(1)),
        FlistId = row.GetString(2),
        Flist = new FlistKey(row.GetString(3), row.GetString(4)),
        Options = new SiteOptions
        {
            IsPublic = row.GetBoolean(5),
            HasIndex = row.GetBoolean(6),
            IsSpa = row.GetBoolean(7),
            HasWebDav = row.GetBoolean(8),
        },
        CreatedAt = row.GetTime(9),
        UpdatedAt = row.GetTime(10),
    };
}
