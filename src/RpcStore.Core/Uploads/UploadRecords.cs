using RpcStore.Core.Accounts;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Uploads;

/// <summary>Uploaded files and blocks as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct UploadRecords(CatalogSession session)
{
    /// <summary>A file; null when there is none.</summary>
    public UploadedFile? Find(FileHash hash) => session.Prepare(
        "select hash, account, complete, blocks, last_place, bytes, version from uploaded_files where hash = @hash")
        .Bind("@hash", hash.ToArray()).FirstOrDefault(row =>
            new UploadedFile(FileHash.FromBytes(row.GetBytes(0)), row.GetString(1), row.GetBoolean(2), row.GetInt64(3), row.GetInt64(5))
            {
                LastPlace = row.GetInt64(4),
                Version = row.GetInt64(6),
            });

    /// <summary>The block at a place of a file; null when none is known.</summary>
    public UploadedBlock? FindBlock(FilePlace place)
    {
        var found = session.Prepare("select place, blob, bytes from uploaded_file_blocks where file_hash = @hash and place = @place")
            .Bind("@hash", place.File.ToArray()).Bind("@place", place.Place).ToList(Read);
        return found.Count == 0 ? null : found[0];
    }

    /// <summary>Blocks of a file in their order.</summary>
    /// <param name="hash">The file.</param>
    /// <param name="from">The first place wanted.</param>
    /// <param name="limit">At most so many.</param>
    public List<UploadedBlock> ListBlocks(FileHash hash, long from, int limit) => session.Prepare(
        """
        select place, blob, bytes from uploaded_file_blocks
        where file_hash = @hash and place >= @from order by place limit @limit
        """)
        .Bind("@hash", hash.ToArray()).Bind("@from", from).Bind("@limit", limit).ToList(Read);

    /// <summary>Adds a file without blocks.</summary>
    public void Insert(FileHash hash, string account, DateTimeOffset now) => session.Prepare(
        """
        insert into uploaded_files (hash, account, account_id, complete, blocks, last_place, bytes, version, created_at)
        values (@hash, @account, @accountId, 0, 0, -1, 0, 0, @now)
        """)
        .Bind("@hash", hash.ToArray()).Bind("@account", account).Bind("@accountId", session.FindAccountId(account)).Bind("@now", now).Execute();

    /// <summary>Says which block is at a place of a file, in place of the one before.</summary>
    public void PutBlock(UploadedFile file, UploadedBlock block, UploadedBlock? before)
    {
        session.Prepare(
            """
            insert into uploaded_file_blocks (file_hash, place, blob, bytes) values (@hash, @place, @blob, @bytes)
            on conflict (file_hash, place) do update set blob = excluded.blob, bytes = excluded.bytes
            """)
            .Bind("@hash", file.Hash.ToArray()).Bind("@place", block.Place).Bind("@blob", ToBytes(block.Id)).Bind("@bytes", block.Bytes).Execute();
        session.Prepare(
            """
            update uploaded_files set blocks = blocks + @more, bytes = bytes + @bytes, version = version + 1,
                last_place = case when last_place < @place then @place else last_place end
            where hash = @hash
            """)
            .Bind("@hash", file.Hash.ToArray()).Bind("@place", block.Place).Bind("@more", before is null ? 1L : 0L)
            .Bind("@bytes", block.Bytes - (before?.Bytes ?? 0)).Execute();
    }

    /// <summary>Notes that a file's blocks are those that its hash says, unless they have changed meanwhile.</summary>
    /// <returns>False when they have.</returns>
    public bool Complete(UploadedFile file) => session.Prepare(
        "update uploaded_files set complete = 1 where hash = @hash and version = @version")
        .Bind("@hash", file.Hash.ToArray()).Bind("@version", file.Version).Execute() > 0;

    /// <summary>Removes a file with its places.</summary>
    /// <returns>False when there was none.</returns>
    public bool Delete(FileHash hash) =>
        session.Prepare("delete from uploaded_files where hash = @hash").Bind("@hash", hash.ToArray()).Execute() > 0;

    /// <summary>Whether a file needs a blob.</summary>
    public bool IsReferenced(BlobId id) => session.Prepare("select 1 from uploaded_file_blocks where blob = @blob limit 1")
        .Bind("@blob", ToBytes(id)).Scalar() is not null;

    /// <summary>Whether an account is known to have uploaded a block.</summary>
    public bool IsUploaded(string account, BlobId id) => session.Prepare(
        "select 1 from uploaded_blocks where account = @account and blob = @blob")
        .Bind("@account", account).Bind("@blob", ToBytes(id)).Scalar() is not null;

    /// <summary>Notes that an account uploaded a block; once is enough.</summary>
    public void AddUpload(string account, BlobId id, long bytes, DateTimeOffset now) => session.Prepare(
        """
        insert into uploaded_blocks (account, account_id, number, blob, bytes, uploaded_at)
        values (@account, @accountId, 1 + coalesce((select max(number) from uploaded_blocks where account = @account), 0), @blob, @bytes, @now)
        on conflict (account, blob) do nothing
        """)
        .Bind("@account", account).Bind("@accountId", session.FindAccountId(account)).Bind("@blob", ToBytes(id)).Bind("@bytes", bytes)
        .Bind("@now", now).Execute();

    /// <summary>How many blocks an account has uploaded.</summary>
    public long CountUploads(string account) =>
        session.Prepare("select max(number) from uploaded_blocks where account = @account").Bind("@account", account).Scalar() ?? 0;

    /// <summary>Blocks that an account has uploaded, by their numbers.</summary>
    public List<(BlobId Id, long Bytes)> ListUploads(string account, long after, int limit) => session.Prepare(
        """
        select blob, bytes from uploaded_blocks where account = @account and number > @after and number <= @last order by number
        """)
        .Bind("@account", account).Bind("@after", after).Bind("@last", after + limit)
        .ToList(row => (BlobId.FromDigest(DigestFunction.Blake2b, row.GetBytes(0)), row.GetInt64(1)));

    /// <summary>How often a block was downloaded, as far as that is written.</summary>
    public long CountDownloads(BlobId id) =>
        session.Prepare("select downloads from block_downloads where blob = @blob").Bind("@blob", ToBytes(id)).Scalar() ?? 0;

    /// <summary>Adds to how often a block was downloaded.</summary>
    public void AddDownloads(BlobId id, long more) => session.Prepare(
        """
        insert into block_downloads (blob, downloads) values (@blob, @more)
        on conflict (blob) do update set downloads = block_downloads.downloads + excluded.downloads
        """)
        .Bind("@blob", ToBytes(id)).Bind("@more", more).Execute();

    private static UploadedBlock Read(CatalogRow row) =>
        new(row.GetInt64(0), BlobId.FromDigest(DigestFunction.Blake2b, row.GetBytes(1)), row.GetInt64(2));

    private static byte[] ToBytes(BlobId id)
    {
        var bytes = new byte[BlobId.DigestLength];
        id.CopyDigestTo(bytes);
        return bytes;
    }
}
