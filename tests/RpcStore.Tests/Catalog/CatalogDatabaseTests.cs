using RpcStore.Core;
using RpcStore.Core.Catalog;
using RpcStore.Tests.JsonRpc.Support;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Catalog;

public sealed class CatalogDatabaseTests : IDisposable
{
    private readonly TestCatalog catalog = new();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public async Task What_was_written_is_read_also_after_it_was_closed()
    {
        await catalog.AddAsync("one");
        await catalog.AddAsync("two");
        Assert.Equal(["one", "two"], await catalog.NamesAsync());
        catalog.Reopen();
        Assert.Equal(["one", "two"], await catalog.NamesAsync());
    }

    [Fact]
    public async Task A_new_one_is_private_flushes_every_commit_and_leaves_one_file_when_closed()
    {
        Assert.Equal("600", Tool.Run("stat", null, "-c", "%a", catalog.FilePath).Trim());
        var settings = await catalog.Database.WriteAsync(session => (
            session.Prepare("pragma journal_mode").FirstOrDefault(row => row.GetString(0)),
            session.Prepare("pragma synchronous").Scalar(),
            session.Prepare("pragma foreign_keys").Scalar()));
        Assert.Equal(("wal", 2, 1), settings);
        catalog.Database.Dispose();
        Assert.Equal(["catalog.db"], Directory.GetFileSystemEntries(Path.GetDirectoryName(catalog.FilePath)!).Select(Path.GetFileName));
    }

    [Fact]
    public async Task Values_of_every_kind_come_back()
    {
        var time = new DateTimeOffset(2026, 11, 21, 23, 59, 59, TimeSpan.FromHours(5)).AddTicks(1_234_560);
        await catalog.Database.WriteAsync(session => session
            .Prepare("insert into item (id, name, parent, stored, flag, hash) values (@id, @name, @parent, @stored, @flag, @hash)")
            .Bind("@id", long.MaxValue).Bind("@name", "näme '; drop table item; --").Bind("@parent", (long?)null)
            .Bind("@stored", time).Bind("@flag", true).Bind("@hash", [0, 255, 1]).Execute());
        await catalog.Database.ReadAsync(session => session.Prepare("select id, name, parent, stored, flag, hash from item")
            .FirstOrDefault(row =>
            {
                Assert.Equal(long.MaxValue, row.GetInt64(0));
                Assert.Equal("näme '; drop table item; --", row.GetString(1));
                Assert.Null(row.GetInt64OrNull(2));
                Assert.Equal(time, row.GetTime(3));
                Assert.Equal(TimeSpan.Zero, row.GetTime(3).Offset);
                Assert.True(row.GetBoolean(4));
                Assert.Equal([0, 255, 1], row.GetBytes(5));
                return true;
            }));
        await catalog.AddAsync("bare");
        Assert.True(await catalog.Database.ReadAsync(session =>
            session.Prepare("select parent, stored, hash, name from item where name = 'bare'").FirstOrDefault(row =>
                row.GetInt64OrNull(0) is null && row.GetTimeOrNull(1) is null && row.GetBytesOrNull(2) is null && !row.IsNull(3))));
    }

    [Fact]
    public async Task A_parameter_that_nobody_binds_is_an_error_also_when_it_was_bound_last_time()
    {
        await catalog.AddAsync("bound");
        await Assert.ThrowsAsync<InvalidOperationException>(() => catalog.Database.WriteAsync(session =>
            session.Prepare("insert into item (name) values (@name)").Execute()));
        Assert.Equal(["bound"], await catalog.NamesAsync());
    }

    [Fact]
    public async Task Two_hundred_writers_at_once_share_commits()
    {
        await catalog.AddAsync("first");
        using var go = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var holdUp = catalog.Database.WriteAsync(_ =>
        {
            begun.Set();
            go.Wait();
        });
        begun.Wait();
        var before = new FileInfo(catalog.FilePath + "-wal").Length;
        var queued = 0;
        var writers = Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            var writing = catalog.AddAsync($"{number}");
            Interlocked.Increment(ref queued);
            await writing;
        })).ToArray();
        await Patience.Until(() => Volatile.Read(ref queued) == 200);
        Assert.DoesNotContain(writers, writer => writer.IsCompleted);
        go.Set();
        await holdUp.Soon();
        await Task.WhenAll(writers).Soon();
        Assert.Equal(201, (await catalog.NamesAsync()).Distinct().Count());

        // A commit of its own for each would have written two pages each: that of the table and that of the index.
        var grown = new FileInfo(catalog.FilePath + "-wal").Length - before;
        Assert.InRange(grown, 1, 200 * 4096);
    }

    [Fact]
    public async Task One_that_fails_harms_none_of_those_that_share_its_commit()
    {
        await catalog.AddAsync("taken");
        using var go = new ManualResetEventSlim();
        var holdUp = catalog.Database.WriteAsync(_ => go.Wait());
        var good = Enumerable.Range(0, 20).Select(number => catalog.AddAsync($"good {number}")).ToList();
        var exists = catalog.Database.WriteAsync(session =>
        {
            TestCatalog.Add(session, "undone with it");
            TestCatalog.Add(session, "taken");
        });
        var throws = catalog.Database.WriteAsync(session =>
        {
            TestCatalog.Add(session, "undone too");
            throw new FormatException("a mistake");
        });
        good.AddRange(Enumerable.Range(20, 20).Select(number => catalog.AddAsync($"good {number}")));
        go.Set();
        await holdUp.Soon();
        await Task.WhenAll(good).Soon();
        var conflict = await Assert.ThrowsAsync<StoreException>(() => exists);
        Assert.Equal((Fault.Conflict, "exists"), (conflict.Fault, conflict.Details["reason"]));
        await Assert.ThrowsAsync<FormatException>(() => throws);
        Assert.Equal(["taken", .. Enumerable.Range(0, 40).Select(number => $"good {number}")], await catalog.NamesAsync());
    }

    [Fact]
    public async Task A_reference_to_nothing_is_a_conflict()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => catalog.Database.WriteAsync(session =>
            session.Prepare("insert into item (name, parent) values ('orphan', 99)").Execute()));
        Assert.Equal((Fault.Conflict, "reference"), (error.Fault, error.Details["reason"]));
    }

    [Fact]
    public async Task A_change_is_taken_back_while_it_waits_and_not_when_it_has_begun()
    {
        using var go = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var cancellation = new CancellationTokenSource();
        var first = catalog.Database.WriteAsync(
            session =>
            {
                begun.Set();
                go.Wait();
                TestCatalog.Add(session, "begun");
            },
            cancellation.Token);
        begun.Wait();
        var second = catalog.Database.WriteAsync(session => TestCatalog.Add(session, "waiting"), cancellation.Token);
        await cancellation.CancelAsync();
        go.Set();
        await first.Soon();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Soon());
        Assert.Equal(["begun"], await catalog.NamesAsync());
    }

    [Fact]
    public async Task A_read_sees_one_moment_and_neither_waits_for_writes_nor_holds_them_up()
    {
        await catalog.AddAsync("before");
        var (first, second) = await catalog.Database.ReadAsync(session =>
        {
            var count = session.Prepare("select count(*) from item").Scalar();
            catalog.AddAsync("meanwhile").Soon().GetAwaiter().GetResult();
            return (count, session.Prepare("select count(*) from item").Scalar());
        });
        Assert.Equal((1, 1), (first, second));
        Assert.Equal(2, (await catalog.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_read_cannot_write()
    {
        var error = await Assert.ThrowsAsync<StoreException>(async () => await catalog.Database.ReadAsync(session =>
            session.Prepare("delete from item").Execute()));
        Assert.Equal("read-only", error.Details["reason"]);
    }

    [Fact]
    public async Task Readers_and_writers_by_the_hundred_meet_no_lock()
    {
        var writers = Enumerable.Range(0, 100).Select(number => Task.Run(() => catalog.AddAsync($"{number}")));
        var readers = Enumerable.Range(0, 300).Select(_ => Task.Run(catalog.NamesAsync));
        await Task.WhenAll(writers.Concat<Task>(readers)).Soon();
        Assert.Equal(100, (await catalog.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_long_query_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var query = Task.Run(async () => await catalog.Database.ReadAsync(
            session =>
            {
                cancellation.CancelAfter(TimeSpan.FromMilliseconds(20));
                return session.Prepare(
                    "with recursive n (i) as (select 1 union all select i + 1 from n) select count(*) from n where i < 0").Scalar();
            },
            cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query.Soon());
        Assert.Empty(await catalog.NamesAsync());
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_refuses_what_comes()
    {
        var waiting = Enumerable.Range(0, 50).Select(number => catalog.AddAsync($"{number}")).ToArray();
        catalog.Database.Dispose();
        await Task.WhenAll(waiting).Soon();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => catalog.AddAsync("late"));
        await Assert.ThrowsAsync<ObjectDisposedException>(catalog.NamesAsync);
        catalog.Reopen();
        Assert.Equal(50, (await catalog.NamesAsync()).Count);
    }

    [Fact]
    public void The_library_that_is_missing_is_named_with_its_package()
    {
        var error = Assert.Throws<StoreException>(() => SqliteLibrary.Require("libsqlite3-that-is-not-here.so.0"));
        Assert.Equal(Fault.Unavailable, error.Fault);
        Assert.Contains("libsqlite3-0", error.Message);
    }
}
