using RpcStore.Core.Journal;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalTotalTests : IAsyncLifetime
{
    private static readonly DateOnly Saturday = new(2026, 11, 21);

    private TestJournal test = null!;

    public async ValueTask InitializeAsync()
    {
        test = await OpenAsync();
        var midnight = new DateTimeOffset(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);
        await AddAsync("ops", "blobs.put", midnight.AddTicks(-10), bytesIn: 1);
        await AddAsync("ops", "blobs.put", midnight, bytesIn: 10);

        // Sunday where it is told, and still Saturday in UTC; and the other way round.
        await AddAsync("ops", "blobs.get", new DateTimeOffset(2026, 11, 22, 1, 30, 0, TimeSpan.FromHours(2)), bytesOut: 100);
        await AddAsync("web", "blobs.get", new DateTimeOffset(2026, 11, 21, 23, 30, 0, TimeSpan.FromHours(-2)), bytesOut: 1000, outcome: "notFound");
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();

    [Fact]
    public async Task Days_begin_at_midnight_in_UTC()
    {
        Assert.Equal(
            [Total(null, null, Saturday, 2, 0, 1, 100), Total(null, null, Saturday.AddDays(1), 2, 1, 10, 1000)],
            await TotalAsync(JournalGrouping.Day));
    }

    [Fact]
    public async Task Any_of_account_method_and_day_tell_totals_apart()
    {
        Assert.Equal([Total(null, null, null, 4, 1, 11, 1100)], await TotalAsync(JournalGrouping.None));
        Assert.Equal(
            [Total("ops", null, null, 3, 0, 11, 100), Total("web", null, null, 1, 1, 0, 1000)],
            await TotalAsync(JournalGrouping.Account));
        Assert.Equal(
            [Total(null, "blobs.get", null, 2, 1, 0, 1100), Total(null, "blobs.put", null, 2, 0, 11, 0)],
            await TotalAsync(JournalGrouping.Method));
        Assert.Equal(
            [
                Total("ops", "blobs.get", Saturday, 1, 0, 0, 100),
                Total("ops", "blobs.put", Saturday, 1, 0, 1, 0),
                Total("ops", "blobs.put", Saturday.AddDays(1), 1, 0, 10, 0),
                Total("web", "blobs.get", Saturday.AddDays(1), 1, 1, 0, 1000),
            ],
            await TotalAsync(JournalGrouping.Account | JournalGrouping.Method | JournalGrouping.Day));
    }

    [Fact]
    public async Task Totals_are_filtered_and_paged()
    {
        var failed = await test.Journal.TotalAsync(new JournalFilter { Outcome = "notFound" }, JournalGrouping.Account, 0, 10);
        Assert.Equal([Total("web", null, null, 1, 1, 0, 1000)], failed);
        Assert.Equal("web", Assert.Single(await test.Journal.TotalAsync(JournalFilter.All, JournalGrouping.Account, 1, 10)).Account);
        Assert.Equal("ops", Assert.Single(await test.Journal.TotalAsync(JournalFilter.All, JournalGrouping.Account, 0, 1)).Account);
        var nothing = await test.Journal.TotalAsync(new JournalFilter { Account = "nobody" }, JournalGrouping.None, 0, 10);
        Assert.Equal(0, Assert.Single(nothing).Actions);
    }

    private static JournalTotal Total(
        string? account, string? method, DateOnly? day, long actions, long failures, long bytesIn, long bytesOut) =>
        new(account, method, day, actions, failures, actions * TimeSpan.FromMilliseconds(3), actions, 2 * actions, bytesIn, bytesOut);

    private async Task<IReadOnlyList<JournalTotal>> TotalAsync(JournalGrouping grouping) =>
        await test.Journal.TotalAsync(JournalFilter.All, grouping, 0, 100);

    private Task AddAsync(
        string account, string method, DateTimeOffset time, long bytesIn = 0, long bytesOut = 0, string outcome = JournalEntry.Ok) =>
        test.Journal.AppendAsync(Entry(method, account, time) with
        {
            Outcome = outcome,
            Duration = TimeSpan.FromMilliseconds(3),
            BlobsIn = 1,
            BlobsOut = 2,
            BytesIn = bytesIn,
            BytesOut = bytesOut,
        });
}
