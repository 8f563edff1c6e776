using RpcStore.Core.Catalog;
using RpcStore.Core.Journal;
using RpcStore.Tests.Support;

namespace RpcStore.Tests.Journal;

/// <summary>A journal in a catalog of its own.</summary>
public sealed class TestJournal : IAsyncDisposable
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory folder = new();

    private TestJournal(CatalogDatabase? catalog, CatalogJournal? journal)
    {
        Catalog = catalog!;
        Journal = journal!;
    }

    public CatalogDatabase Catalog { get; private set; }

    public CatalogJournal Journal { get; private set; }

    public static async Task<TestJournal> OpenAsync(JournalOptions? options = null, TimeProvider? time = null)
    {
        var opened = new TestJournal(null, null);
        await opened.OpenFileAsync(options, time);
        return opened;
    }

    /// <summary>An entry with what matters to a test.</summary>
    public static JournalEntry Entry(string method = "blobs.put", string account = "ops", DateTimeOffset? time = null) => new()
    {
        Time = time ?? Morning,
        Account = account,
        Role = "admin",
        Method = method,
        Outcome = JournalEntry.Ok,
    };

    public async Task ReopenAsync(JournalOptions? options = null, TimeProvider? time = null)
    {
        await Journal.DisposeAsync();
        Catalog.Dispose();
        await OpenFileAsync(options, time);
    }

    public async Task<IReadOnlyList<JournalEntry>> AllAsync(JournalFilter? filter = null) =>
        await Journal.ReadAsync(new JournalQuery(filter ?? JournalFilter.All, JournalOrder.OldestFirst, null, int.MaxValue));

    /// <summary>Lets the file grow by some pages and no more: SQLite then says that the disk is full.</summary>
    public Task LimitAsync(long morePages) => Catalog.WriteAsync(session =>
    {
        var pages = session.Prepare("pragma page_count").Scalar()!.Value;
        session.Prepare($"pragma max_page_count = {pages + morePages}").Scalar();
    });

    public async ValueTask DisposeAsync()
    {
        await Journal.DisposeAsync();
        Catalog.Dispose();
        folder.Dispose();
    }

    private async Task OpenFileAsync(JournalOptions? options, TimeProvider? time)
    {
        Catalog = CatalogDatabase.Open(folder.Combine("catalog.db"), CatalogJournal.Migrations);
        Journal = await CatalogJournal.OpenAsync(Catalog, options ?? new JournalOptions(), time ?? TimeProvider.System);
    }
}
