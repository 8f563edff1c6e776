using RpcStore.Core.Catalog;

namespace RpcStore.Core.Flists.Registry;

/// <summary>The tables of this domain.</summary>
public static class FlistTables
{
    /// <summary>What the catalog must be opened with, beside the tables of accounts.</summary>
    /// <remarks>
    /// A row of <c>flist_contents</c> is one <c>.fl</c> file in the folder of the flists; flists with the same file share it. Its
    /// number is random and never used again, and names the file. It is <c>pending</c> while the file is made, then
    /// <c>ready</c>; <c>dropping</c> when no flist has it any more but somebody may still read it, so that it keeps its blobs;
    /// <c>removing</c> when nobody does, and <c>abandoned</c> when it was never finished: what is left of these two is removed in the
    /// background. <c>is_new</c> tells the blobs that came with it from those that were here before:
    /// a content that is abandoned takes only the former along.
    /// </remarks>
    public static IReadOnlyList<CatalogMigration> Migrations { get; } =
    [
        new("flists", 1, """
            create table flist_contents (
                id integer primary key,
                state text not null,
                digest bytea,
                file_bytes bigint not null,
                inodes bigint not null,
                files bigint not null,
                bytes bigint not null,
                blocks bigint not null,
                blobs bigint not null,
                blob_bytes bigint not null,
                incomplete_files bigint not null,
                missing_blobs bigint not null,
                created_at bigint not null
            );
            create index flist_contents_by_digest on flist_contents (digest);
            create table flist_blobs (
                content_id bigint not null references flist_contents (id),
                blob bytea not null,
                is_new bigint not null,
                primary key (content_id, blob)
            );
            create index flist_blobs_by_blob on flist_blobs (blob);
            create table flists (
                id text not null primary key,
                account text not null,
                account_id text references accounts (id),
                name text not null,
                content_id bigint not null references flist_contents (id),
                is_public bigint not null,
                created_at bigint not null,
                updated_at bigint not null,
                unique (account, name)
            );
            create index flists_by_content on flists (content_id);
            create index flists_by_account on flists (account_id);
            """),
    ];

    /// <summary>A file that is being made.</summary>
    internal const string Pending = "pending";

    /// <summary>A file that flists have.</summary>
    internal const string Ready = "ready";

    /// <summary>A file that no flist has any more, and somebody may still read.</summary>
    internal const string Dropping = "dropping";

    /// <summary>A file that goes, with all blobs that nothing else needs.</summary>
    internal const string Removing = "removing";

    /// <summary>A file that was not finished and is to go, with the blobs that came with it.</summary>
    internal const string Abandoned = "abandoned";
}
