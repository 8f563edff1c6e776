using RpcStore.Core.Journal;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;
using static RpcStore.Tests.Journal.TestJournal;

namespace RpcStore.Tests.Journal;

public sealed class JournalTests
{
    private static readonly JournalEntry Full = new()
    {
        Time = Morning.AddTicks(1_234_560),
        Account = "ops",
        Role = "user",
        Method = "POST /blobs",
        Outcome = "digestMismatch",
        Duration = TimeSpan.FromMicroseconds(12_345),
        Endpoint = "tcp://[::]:9750",
        Remote = "[400::1]:4321",
        SessionId = "a session",
        BlobsIn = 1000,
        BlobsOut = 2,
        BytesIn = long.MaxValue,
        BytesOut = 4,
        Subject = "853ff93762a06ddbf722c4ebe9ddd66d8f63ddaea97f521c3ecc20da7c976020",
        Detail = "entry 3: näme '; drop table journal; --",
    };

    [Fact]
    public async Task Everything_about_an_action_is_kept()
    {
        await using var test = await OpenAsync();
        var first = await test.Journal.AppendAsync(Full);
        var second = await test.Journal.AppendAsync(Entry());
        Assert.Equal([Full with { Position = first }, Entry() with { Position = second }], await test.AllAsync());
        Assert.True(first > 0 && second > first);
        Assert.Equal(second, test.Journal.LastPosition);
    }

    [Fact]
    public async Task Positions_go_on_after_it_was_closed_also_when_all_old_entries_are_gone()
    {
        await using var test = await OpenAsync();
        await test.Journal.AppendAsync(Entry());
        var last = await test.Journal.AppendAsync(Entry());
        await test.ReopenAsync(new JournalOptions { MaxAge = TimeSpan.Zero });
        await test.Journal.TrimAsync();
        await test.ReopenAsync();
        Assert.Equal(last, test.Journal.LastPosition);
        Assert.True(await test.Journal.AppendAsync(Entry()) > last);
    }

    [Fact]
    public async Task Reads_are_there_within_a_second_without_anything_else_happening()
    {
        await using var test = await OpenAsync();
        await test.Journal.RecordAsync(Entry("blobs.get"));
        await using var followed = test.Journal.FollowAsync(0, JournalFilter.All).GetAsyncEnumerator();
        Assert.True(await followed.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(1)));
        Assert.Equal("blobs.get", followed.Current.Method);
    }

    [Fact]
    public async Task Reads_that_wait_are_written_when_it_is_closed()
    {
        await using var test = await OpenAsync(new JournalOptions { FlushInterval = TimeSpan.FromHours(1) });
        for (var number = 0; number < 100; number++)
        {
            await test.Journal.RecordAsync(Entry($"{number}"));
        }

        await test.ReopenAsync();
        Assert.Equal(Enumerable.Range(0, 100).Select(number => $"{number}"), (await test.AllAsync()).Select(entry => entry.Method));
        await test.Journal.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await test.Journal.RecordAsync(Entry()));
    }

    [Fact]
    public async Task More_reads_than_wait_at_once_wait_for_their_turn_and_none_is_lost()
    {
        await using var test = await OpenAsync(new JournalOptions { FlushInterval = TimeSpan.FromHours(1), BufferCapacity = 10 });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; number < 100; number++)
            {
                await test.Journal.RecordAsync(Entry($"{writer} {number}"));
            }
        }))).Soon();
        await test.ReopenAsync();
        Assert.Equal(800, (await test.AllAsync()).Select(entry => entry.Method).Distinct().Count());
    }

    [Fact]
    public async Task Two_hundred_at_once_get_a_position_each()
    {
        await using var test = await OpenAsync();
        var positions = await Task.WhenAll(Enumerable.Range(0, 200).Select(number =>
            Task.Run(() => test.Journal.AppendAsync(Entry($"{number}"))))).Soon();
        Assert.Equal(200, positions.Distinct().Count());
        var stored = (await test.AllAsync()).ToDictionary(entry => entry.Method, entry => entry.Position);
        Assert.All(positions.Index(), one => Assert.Equal(stored[$"{one.Index}"], one.Item));
    }
}
