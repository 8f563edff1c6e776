using RpcStore.Core;
using RpcStore.Core.Journal;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalFaultTests
{
    private static readonly JournalEntry Large = Entry() with { Detail = new string('x', 20_000) };

    private static readonly JournalOptions Quick = new()
    {
        FlushInterval = TimeSpan.FromMilliseconds(1),
        RetryInterval = TimeSpan.FromMilliseconds(10),
        BufferCapacity = 20,
    };

    [Fact]
    public async Task One_that_cannot_be_written_says_so_and_tells_of_it_when_it_can()
    {
        await using var test = await OpenAsync(Quick);
        await test.Journal.AppendAsync(Entry("before"));
        await FillAsync(test);
        var error = await Assert.ThrowsAsync<StoreException>(() => test.Journal.AppendAsync(Large));
        Assert.Equal((Fault.Unavailable, "journal"), (error.Fault, error.Details["reason"]));
        Assert.Contains("journal cannot be written", error.Message);
        Assert.Contains("disk is full", error.Message);

        // Reading goes on.
        Assert.Equal("before", (await test.AllAsync())[0].Method);

        await test.LimitAsync(10_000);
        await Patience.Until(() => test.Journal.Failure is null);
        var outage = (await test.AllAsync()).Last(entry => entry.Method == CatalogJournal.OutageMethod);
        Assert.Equal("unavailable", outage.Outcome);
        Assert.Contains("disk is full", outage.Detail);
        await test.Journal.AppendAsync(Large);
    }

    [Fact]
    public async Task Reads_recorded_meanwhile_are_kept_until_there_are_too_many_and_none_of_them_is_lost()
    {
        await using var test = await OpenAsync(Quick);
        await FillAsync(test);
        var recorded = new List<string>();
        var error = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            for (var number = 0; number < 10_000; number++)
            {
                await test.Journal.RecordAsync(Large with { Method = $"{number}" }).AsTask().Soon();
                recorded.Add($"{number}");
            }
        });
        Assert.Equal(Fault.Unavailable, error.Fault);
        Assert.NotNull(test.Journal.Failure);
        Assert.InRange(recorded.Count, 20, 40);

        await test.LimitAsync(10_000);
        await Patience.Until(() => test.Journal.Failure is null);
        await test.ReopenAsync();
        Assert.Equal(recorded, (await test.AllAsync()).Select(entry => entry.Method).Intersect(recorded));
    }

    [Fact]
    public async Task Closing_one_that_cannot_be_written_says_so()
    {
        var test = await OpenAsync(Quick);
        await FillAsync(test);
        await test.Journal.RecordAsync(Large);
        await Assert.ThrowsAsync<StoreException>(async () => await test.Journal.DisposeAsync());
        await test.DisposeAsync();
    }

    /// <summary>Uses up what room the pages of the file have left, so that not even a small entry fits.</summary>
    private static async Task FillAsync(TestJournal test)
    {
        await test.LimitAsync(0);
        await Assert.ThrowsAsync<StoreException>(async () =>
        {
            for (var number = 0; number < 1000; number++)
            {
                await test.Journal.AppendAsync(Entry());
            }
        });
    }
}
