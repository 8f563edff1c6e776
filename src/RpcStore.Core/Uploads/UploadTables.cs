using RpcStore.Core.Catalog;

namespace RpcStore.Core.Uploads;

/// <summary>The tables of this domain.</summary>
public static class UploadTables
{
    /// <summary>What the catalog must be opened with, beside the tables of accounts.</summary>
    /// <remarks>
    /// A row of <c>uploaded_files</c> is a file that was uploaded in blocks, and of <c>uploaded_file_blocks</c> one of its places.
    /// <c>blocks</c> and <c>last_place</c> count those that are known; <c>version</c> counts the changes, so that what was computed
    /// from the rows is noted only while they are the same. It is <c>complete</c> once its blocks were found to be those that its
    /// hash says; then its rows do not change any more. An account that has files is not deleted; the list of the blocks that it uploaded
    /// goes with it. <c>uploaded_blocks</c> numbers the blocks of an account from 1 in the order in which it first uploaded them, so that
    /// any page is found at once.
    /// </remarks>
    public static IReadOnlyList<CatalogMigration> Migrations { get; } =
    [
        new("uploads", 1, """
            create table uploaded_files (
                hash bytea not null primary key,
                account text not null,
                account_id text references accounts (id),
                complete bigint not null,
                blocks bigint not null,
                last_place bigint not null,
                bytes bigint not null,
                version bigint not null,
                created_at bigint not null
            );
            create table uploaded_file_blocks (
                file_hash bytea not null references uploaded_files (hash) on delete cascade,
                place bigint not null,
                blob bytea not null,
                bytes bigint not null,
                primary key (file_hash, place)
            );
            create index uploaded_files_by_account on uploaded_files (account_id);
            create index uploaded_file_blocks_by_blob on uploaded_file_blocks (blob);
            create table uploaded_blocks (
                account text not null,
                account_id text references accounts (id) on delete cascade,
                number bigint not null,
                blob bytea not null,
                bytes bigint not null,
                uploaded_at bigint not null,
                primary key (account, number),
                unique (account, blob)
            );
            create index uploaded_blocks_by_account on uploaded_blocks (account_id);
            create table block_downloads (
                blob bytea not null primary key,
                downloads bigint not null
            );
            """),
    ];
}
