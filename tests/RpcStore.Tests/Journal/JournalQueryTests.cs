using RpcStore.Core.Journal;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalQueryTests : IAsyncLifetime
{
    private TestJournal test = null!;

    public async ValueTask InitializeAsync()
    {
        test = await OpenAsync();
        for (var number = 0; number < 20; number++)
        {
            await test.Journal.AppendAsync(Entry($"blobs.{(number % 2 == 0 ? "put" : "get")}", $"account{number % 4}") with
            {
                Time = Morning.AddMinutes(number),
                Outcome = number % 5 == 0 ? "notFound" : JournalEntry.Ok,
                Subject = $"{number}",
            });
        }
    }

    public ValueTask DisposeAsync() => test.DisposeAsync();

    public static TheoryData<JournalFilter, int[]> Filters => new()
    {
        { JournalFilter.All, [.. Enumerable.Range(0, 20)] },
        { new() { Account = "account1" }, [1, 5, 9, 13, 17] },
        { new() { Method = "blobs.put", Outcome = "notFound" }, [0, 10] },
        { new() { Since = Morning.AddMinutes(18) }, [18, 19] },
        { new() { Until = Morning.AddMinutes(2) }, [0, 1] },
        { new() { Account = "account0", Method = "blobs.put", Outcome = "ok", Since = Morning.AddMinutes(4), Until = Morning.AddMinutes(12) }, [4, 8] },
        { new() { Account = "nobody" }, [] },
        { new() { Method = "blobs.get' or '1' = '1" }, [] },
    };

    [Theory]
    [MemberData(nameof(Filters))]
    public async Task A_filter_gives_what_it_says_in_either_order(JournalFilter filter, int[] expected)
    {
        Assert.Equal(expected, await ReadAsync(new JournalQuery(filter, JournalOrder.OldestFirst, null, 100)));
        Assert.Equal(expected.Reverse(), await ReadAsync(new JournalQuery(filter, JournalOrder.NewestFirst, null, 100)));
    }

    [Theory]
    [InlineData(JournalOrder.OldestFirst)]
    [InlineData(JournalOrder.NewestFirst)]
    public async Task Pages_follow_one_another_without_gap_or_repetition(JournalOrder order)
    {
        var seen = new List<int>();
        long? after = null;
        while (true)
        {
            var page = await test.Journal.ReadAsync(new JournalQuery(JournalFilter.All, order, after, 3));
            if (page.Count == 0)
            {
                break;
            }

            Assert.InRange(page.Count, 1, 3);
            seen.AddRange(page.Select(NumberOf));
            after = page[^1].Position;
        }

        var all = Enumerable.Range(0, 20);
        Assert.Equal(order == JournalOrder.OldestFirst ? all : all.Reverse(), seen);
    }

    private async Task<IEnumerable<int>> ReadAsync(JournalQuery query) => (await test.Journal.ReadAsync(query)).Select(NumberOf);

    private static int NumberOf(JournalEntry entry) => int.Parse(entry.Subject!);
}
