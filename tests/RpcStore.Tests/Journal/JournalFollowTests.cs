using RpcStore.Core.Journal;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalFollowTests
{
    [Fact]
    public async Task A_follower_gets_what_was_there_and_then_what_comes_as_it_comes()
    {
        await using var test = await OpenAsync();
        await test.Journal.AppendAsync(Entry("skipped"));
        var position = await test.Journal.AppendAsync(Entry("skipped too"));
        await test.Journal.AppendAsync(Entry("there"));
        await using var followed = test.Journal.FollowAsync(position, JournalFilter.All).GetAsyncEnumerator();
        Assert.True(await followed.MoveNextAsync().Soon());
        Assert.Equal("there", followed.Current.Method);

        var next = followed.MoveNextAsync();
        Assert.False(next.IsCompleted);
        await test.Journal.AppendAsync(Entry("came"));
        Assert.True(await next.Soon());
        Assert.Equal("came", followed.Current.Method);
    }

    [Fact]
    public async Task Followers_miss_nothing_and_get_nothing_twice_while_many_write_both_ways()
    {
        await using var test = await OpenAsync(new JournalOptions { FlushInterval = TimeSpan.FromMilliseconds(1) });
        var followers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var seen = new List<JournalEntry>();
            await foreach (var entry in test.Journal.FollowAsync(0, JournalFilter.All))
            {
                seen.Add(entry);
                if (seen.Count == 2000)
                {
                    break;
                }
            }

            return seen;
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 10).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 100; number++)
            {
                await test.Journal.RecordAsync(Entry($"{writer} {number} read"));
                await test.Journal.AppendAsync(Entry($"{writer} {number} written"));
            }
        }))).Soon();
        foreach (var seen in await Task.WhenAll(followers).Soon())
        {
            Assert.Equal(2000, seen.Select(entry => entry.Method).Distinct().Count());
            Assert.Equal(seen.Select(entry => entry.Position).Order(), seen.Select(entry => entry.Position));
        }
    }

    [Fact]
    public async Task A_follower_gets_only_what_it_asked_for_also_behind_many_pages_of_other_things()
    {
        await using var test = await OpenAsync();
        await using var followed = test.Journal.FollowAsync(0, new JournalFilter { Account = "ops" }).GetAsyncEnumerator();
        var next = followed.MoveNextAsync();
        for (var number = 0; number < 2000; number++)
        {
            await test.Journal.RecordAsync(Entry(account: "others"));
        }

        await test.Journal.AppendAsync(Entry("mine"));
        Assert.True(await next.Soon());
        Assert.Equal("mine", followed.Current.Method);
    }

    [Fact]
    public async Task Following_ends_when_it_is_cancelled_and_with_the_journal()
    {
        await using var test = await OpenAsync();
        using var cancellation = new CancellationTokenSource();
        await using var cancelled = test.Journal.FollowAsync(0, JournalFilter.All, cancellation.Token).GetAsyncEnumerator();
        await using var ended = test.Journal.FollowAsync(0, JournalFilter.All).GetAsyncEnumerator();
        var (first, second) = (cancelled.MoveNextAsync(), ended.MoveNextAsync());
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.Soon());
        Assert.False(second.IsCompleted);
        await test.Journal.DisposeAsync();
        Assert.False(await second.Soon());
    }
}
