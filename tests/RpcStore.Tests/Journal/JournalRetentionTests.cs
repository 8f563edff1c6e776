using RpcStore.Core.Journal;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalRetentionTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public async Task Entries_older_than_the_age_go_and_the_rest_stays()
    {
        await using var test = await OpenAsync(new JournalOptions { MaxAge = TimeSpan.FromHours(1), TrimStep = 7 }, clock);
        for (var minute = 0; minute < 100; minute++)
        {
            await test.Journal.AppendAsync(Entry($"{minute}", time: clock.GetUtcNow() + TimeSpan.FromMinutes(minute)));
        }

        await test.Journal.TrimAsync();
        Assert.Equal(100, (await test.AllAsync()).Count);
        clock.Advance(TimeSpan.FromMinutes(90));
        await test.Journal.TrimAsync();
        Assert.Equal(Enumerable.Range(30, 70).Select(minute => $"{minute}"), (await test.AllAsync()).Select(entry => entry.Method));
    }

    [Fact]
    public async Task The_oldest_go_when_there_are_too_many_bytes()
    {
        var size = Entry("0000").Size;
        await using var test = await OpenAsync(new JournalOptions { MaxAge = TimeSpan.MaxValue, MaxBytes = 40 * size, TrimStep = 7 });
        for (var number = 0; number < 100; number++)
        {
            await test.Journal.RecordAsync(Entry($"{number:0000}"));
        }

        await test.ReopenAsync(new JournalOptions { MaxBytes = 40 * size, TrimStep = 7, MaxAge = TimeSpan.MaxValue });
        await test.Journal.TrimAsync();
        Assert.Equal(Enumerable.Range(60, 40).Select(number => $"{number:0000}"), (await test.AllAsync()).Select(entry => entry.Method));
    }

    [Fact]
    public async Task It_is_done_by_itself()
    {
        await using var test = await OpenAsync(new JournalOptions { MaxAge = TimeSpan.FromHours(1) }, clock);
        await test.Journal.AppendAsync(Entry("old", time: clock.GetUtcNow()));
        var last = await test.Journal.AppendAsync(Entry("new", time: clock.GetUtcNow() + TimeSpan.FromDays(1)));
        await Patience.Until(() => clock.ActiveTimers > 0);
        clock.Advance(TimeSpan.FromHours(2));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while ((await test.AllAsync()).Count > 1)
        {
            await Task.Delay(1, patience.Token);
        }

        Assert.Equal(last, Assert.Single(await test.AllAsync()).Position);
    }
}
