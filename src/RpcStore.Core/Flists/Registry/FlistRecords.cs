using System.Security.Cryptography;
using RpcStore.Core.Accounts;
using RpcStore.Core.Catalog;
using RpcStore.Digests;

namespace RpcStore.Core.Flists.Registry;

/// <summary>What is known of a flist's content when it is finished.</summary>
/// <param name="Digest">SHA-256 of the file.</param>
/// <param name="FileBytes">Bytes of the file.</param>
/// <param name="Summary">What is in it.</param>
/// <param name="Blobs">Its blobs.</param>
internal sealed record FlistContentFacts(byte[] Digest, long FileBytes, FlistSummary Summary, FlistBlobCount Blobs);

/// <summary>The blobs of a content.</summary>
/// <param name="Count">How many, each once.</param>
/// <param name="Bytes">Bytes of those that are here.</param>
/// <param name="Missing">How many are not.</param>
internal readonly record struct FlistBlobCount(long Count, long Bytes, long Missing);

/// <summary>Flists and their contents as rows of the catalog, in a transaction of the caller.</summary>
/// <param name="session">The transaction.</param>
internal readonly struct FlistRecords(CatalogSession session)
{
    private const string Columns =
        """
        f.id, f.account, f.name, f.is_public, f.created_at, f.updated_at, c.id, c.digest, c.file_bytes, c.inodes, c.files, c.bytes,
        c.blocks, c.blobs, c.blob_bytes, c.incomplete_files, c.missing_blobs
        """;

    private const string Tables = "flists f join flist_contents c on c.id = f.content_id";

    /// <summary>One flist; null when there is none.</summary>
    public Flist? Find(FlistKey key) => session.Prepare(
        $"select {Columns} from {Tables} where f.account = @account and f.name = @name")
        .Bind("@account", key.Account).Bind("@name", key.Name).FirstOrDefault(Read);

    /// <summary>One flist; null when there is none.</summary>
    public Flist? FindById(string id) => session.Prepare(
        $"select {Columns} from {Tables} where f.id = @id").Bind("@id", id).FirstOrDefault(Read);

    /// <summary>Flists after another in the order of account and name.</summary>
    public List<Flist> List(FlistViewer viewer, string? account, FlistKey after, int limit) => session.Prepare(
        $"""
        select {Columns} from {Tables}
        where (f.account, f.name) > (@afterAccount, @afterName) and (@account is null or f.account = @account)
            and (@all = 1 or f.is_public = 1 or f.account = @viewer)
        order by f.account, f.name limit @limit
        """)
        .Bind("@afterAccount", after.Account).Bind("@afterName", after.Name).Bind("@account", account)
        .Bind("@all", viewer.SeesAll).Bind("@viewer", viewer.Account).Bind("@limit", limit).ToList(Read);

    /// <summary>Makes a content that is pending.</summary>
    /// <returns>Its number.</returns>
    public long InsertPending(DateTimeOffset now)
    {
        var id = BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue;
        session.Prepare(
            """
            insert into flist_contents (id, state, digest, file_bytes, inodes, files, bytes, blocks, blobs, blob_bytes, incomplete_files,
                missing_blobs, created_at)
            values (@id, 'pending', null, 0, 0, 0, 0, 0, 0, 0, 0, 0, @now)
            """).Bind("@id", id).Bind("@now", now).Execute();
        return id;
    }

    /// <summary>Notes blobs that a content needs; those that are noted stay as they are.</summary>
    public void InsertBlobs(long contentId, ReadOnlySpan<BlobId> ids, ReadOnlySpan<bool> isNew)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            session.Prepare(
                "insert into flist_blobs (content_id, blob, is_new) values (@content, @blob, @new) on conflict (content_id, blob) do nothing")
                .Bind("@content", contentId).Bind("@blob", ToBytes(ids[i])).Bind("@new", isNew[i]).Execute();
        }
    }

    /// <summary>Blobs of a content behind another, in the order of their ids.</summary>
    public List<(BlobId Id, bool IsNew)> ListBlobs(long contentId, BlobId? after, int limit) => session.Prepare(
        "select blob, is_new from flist_blobs where content_id = @content and blob > @after order by blob limit @limit")
        .Bind("@content", contentId).Bind("@after", after is { } last ? ToBytes(last) : []).Bind("@limit", limit)
        .ToList(row => (BlobId.FromDigest(DigestFunction.Blake2b, row.GetBytes(0)), row.GetBoolean(1)));

    /// <summary>Forgets the blobs of a content up to one.</summary>
    public void DeleteBlobs(long contentId, BlobId last) => session.Prepare(
        "delete from flist_blobs where content_id = @content and blob <= @last")
        .Bind("@content", contentId).Bind("@last", ToBytes(last)).Execute();

    /// <summary>Whether a content that is to stay, or is still read, needs a blob.</summary>
    public bool IsReferenced(BlobId id) => session.Prepare(
        """
        select 1 from flist_blobs b join flist_contents c on c.id = b.content_id
        where b.blob = @blob and c.state in ('pending', 'ready', 'dropping') limit 1
        """).Bind("@blob", ToBytes(id)).Scalar() is not null;

    /// <summary>Whether a content other than this one needs a blob.</summary>
    public bool IsReferencedByOther(BlobId id, long contentId) => session.Prepare(
        """
        select 1 from flist_blobs b join flist_contents c on c.id = b.content_id
        where b.blob = @blob and c.id <> @content and c.state in ('pending', 'ready', 'dropping') limit 1
        """).Bind("@blob", ToBytes(id)).Bind("@content", contentId).Scalar() is not null;

    /// <summary>Whether a public flist needs a blob.</summary>
    public bool IsPublic(BlobId id) => session.Prepare(
        """
        select 1 from flist_blobs b join flists f on f.content_id = b.content_id where b.blob = @blob and f.is_public = 1 limit 1
        """).Bind("@blob", ToBytes(id)).Scalar() is not null;

    /// <summary>The content that is ready and has this file; null when there is none.</summary>
    public long? FindReady(byte[] digest) => session.Prepare(
        "select id from flist_contents where digest = @digest and state = 'ready'").Bind("@digest", digest).Scalar();

    /// <summary>The state of a content; null when it is gone.</summary>
    public string? FindState(long contentId) => session.Prepare(
        "select state from flist_contents where id = @id").Bind("@id", contentId).FirstOrDefault(row => row.GetString(0));

    /// <summary>Contents in a state.</summary>
    public List<long> ListContents(string state) => session.Prepare(
        "select id from flist_contents where state = @state").Bind("@state", state).ToList(row => row.GetInt64(0));

    /// <summary>Finishes a content.</summary>
    public void MakeReady(long contentId, FlistContentFacts facts) => session.Prepare(
        """
        update flist_contents set state = 'ready', digest = @digest, file_bytes = @fileBytes, inodes = @inodes, files = @files, bytes = @bytes,
            blocks = @blocks, blobs = @blobs, blob_bytes = @blobBytes, incomplete_files = @incomplete, missing_blobs = @missing
        where id = @id
        """)
        .Bind("@id", contentId).Bind("@digest", facts.Digest).Bind("@fileBytes", facts.FileBytes).Bind("@inodes", facts.Summary.Inodes)
        .Bind("@files", facts.Summary.Files).Bind("@bytes", facts.Summary.Bytes).Bind("@blocks", facts.Summary.Blocks)
        .Bind("@blobs", facts.Blobs.Count).Bind("@blobBytes", facts.Blobs.Bytes).Bind("@incomplete", facts.Summary.IncompleteFiles)
        .Bind("@missing", facts.Blobs.Missing).Execute();

    /// <summary>Notes what of a content's blobs is here.</summary>
    public void SetBlobCount(long contentId, FlistBlobCount count) => session.Prepare(
        "update flist_contents set blob_bytes = @bytes, missing_blobs = @missing where id = @id")
        .Bind("@id", contentId).Bind("@bytes", count.Bytes).Bind("@missing", count.Missing).Execute();

    /// <summary>Changes the state of a content.</summary>
    public void SetState(long contentId, string state) => session.Prepare(
        "update flist_contents set state = @state where id = @id").Bind("@id", contentId).Bind("@state", state).Execute();

    /// <summary>Has a content dropped unless a flist has it.</summary>
    /// <returns>Whether it is to go.</returns>
    public bool DropUnused(long contentId) => session.Prepare(
        """
        update flist_contents set state = 'dropping'
        where id = @id and state = 'ready' and not exists (select 1 from flists where content_id = @id)
        """).Bind("@id", contentId).Execute() > 0;

    /// <summary>Forgets a content whose blobs are forgotten.</summary>
    public void DeleteContent(long contentId) =>
        session.Prepare("delete from flist_contents where id = @id").Bind("@id", contentId).Execute();

    /// <summary>Gives an account a flist.</summary>
    /// <exception cref="StoreException"><see cref="Fault.NotFound"/>: there is no such account.</exception>
    public void Insert(FlistKey key, long contentId, bool isPublic, DateTimeOffset now)
    {
        session.Prepare(
            """
            insert into flists (id, account, account_id, name, content_id, is_public, created_at, updated_at)
            values (@id, @account, @accountId, @name, @content, @public, @now, @now)
            """)
            .Bind("@id", RandomNumberGenerator.GetHexString(32, lowercase: true)).Bind("@account", key.Account)
            .Bind("@accountId", session.FindAccountId(key.Account)).Bind("@name", key.Name).Bind("@content", contentId)
            .Bind("@public", isPublic).Bind("@now", now).Execute();
    }

    /// <summary>Changes what a flist holds and who may see it.</summary>
    public void Update(string id, long contentId, bool isPublic, DateTimeOffset now) => session.Prepare(
        "update flists set content_id = @content, is_public = @public, updated_at = @now where id = @id")
        .Bind("@id", id).Bind("@content", contentId).Bind("@public", isPublic).Bind("@now", now).Execute();

    /// <summary>Takes a flist from its account.</summary>
    public void Delete(string id) => session.Prepare("delete from flists where id = @id").Bind("@id", id).Execute();

    private static byte[] ToBytes(BlobId id)
    {
        var bytes = new byte[BlobId.DigestLength];
        id.CopyDigestTo(bytes);
        return bytes;
    }

    private static Flist Read(CatalogRow row) => new()
    {
        Id = row.GetString(0),
        Key = new FlistKey(row.GetString(1), row.GetString(2)),
        IsPublic = row.GetBoolean(3),
        CreatedAt = row.GetTime(4),
        UpdatedAt = row.GetTime(5),
        ContentId = row.GetInt64(6),
        Digest = Convert.ToHexStringLower(row.GetBytes(7)),
        FileBytes = row.GetInt64(8),
        Inodes = row.GetInt64(9),
        Files = row.GetInt64(10),
        Bytes = row.GetInt64(11),
        Blocks = row.GetInt64(12),
        Blobs = row.GetInt64(13),
        BlobBytes = row.GetInt64(14),
        IncompleteFiles = row.GetInt64(15),
        MissingBlobs = row.GetInt64(16),
    };
}
