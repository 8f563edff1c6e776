using RpcStore.Core.Catalog;

namespace RpcStore.Core.Sites;

/// <summary>The table of this domain.</summary>
public static class SiteTables
{
    /// <summary>What the catalog must be opened with, beside the tables of flists: a flist that a site shows cannot be deleted.</summary>
    public static IReadOnlyList<CatalogMigration> Migrations { get; } =
    [
        new("sites", 1, """
            create table sites (
                id text not null primary key,
                address text not null unique,
                flist_id text not null references flists (id),
                is_public bigint not null,
                has_index bigint not null,
                is_spa bigint not null,
                has_webdav bigint not null,
                created_at bigint not null,
                updated_at bigint not null
            );
            create index sites_by_flist on sites (flist_id);
            """),
    ];
}
