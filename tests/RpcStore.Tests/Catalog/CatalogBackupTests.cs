using RpcStore.Core;
using RpcStore.Core.Catalog;
using RpcStore.Tests.JsonRpc.Support;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Catalog;

public sealed class CatalogBackupTests : IDisposable
{
    private readonly TestCatalog catalog = new();

    private string Target => catalog.Combine("it's a backup.db");

    public void Dispose() => catalog.Dispose();

    [Fact]
    public async Task A_backup_made_while_writing_is_a_whole_catalog_of_one_moment()
    {
        using var stop = new CancellationTokenSource();
        var written = 0;
        var writing = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; written++)
            {
                var number = written;
                await catalog.Database.WriteAsync(session =>
                {
                    TestCatalog.Add(session, $"{number} left {new string('x', 500)}");
                    TestCatalog.Add(session, $"{number} right");
                });
            }
        });
        await Patience.Until(() => Volatile.Read(ref written) > 200);
        await catalog.Database.BackupAsync(Target).Soon();
        var before = Volatile.Read(ref written);
        await Patience.Until(() => Volatile.Read(ref written) > before + 10);
        await stop.CancelAsync();
        await writing.Soon();

        Assert.Equal("600", Tool.Run("stat", null, "-c", "%a", Target).Trim());
        Assert.Empty(CatalogCheck.Run(Target));
        using var copy = CatalogDatabase.Open(Target, [TestCatalog.Items]);
        var count = await copy.ReadAsync(session => session.Prepare("select count(*) from item").Scalar());
        Assert.Equal(0, count % 2);
        Assert.InRange(count!.Value, 400, before * 2 + 2);
    }

    [Fact]
    public async Task A_file_that_exists_is_never_replaced()
    {
        File.WriteAllText(Target, "the only copy of something");
        var error = await Assert.ThrowsAsync<StoreException>(() => catalog.Database.BackupAsync(Target));
        Assert.Equal(Fault.Conflict, error.Fault);
        Assert.Equal("the only copy of something", File.ReadAllText(Target));
        Assert.Equal(Fault.Conflict, (await Assert.ThrowsAsync<StoreException>(() => catalog.Database.BackupAsync("/tmp"))).Fault);
    }

    [Fact]
    public async Task A_place_that_is_not_there_is_an_error_and_nothing_is_left()
    {
        var error = await Assert.ThrowsAsync<StoreException>(() => catalog.Database.BackupAsync(catalog.Combine("no/where.db")));
        Assert.Equal(Fault.NotFound, error.Fault);
    }

    [Fact]
    public async Task One_that_is_cancelled_leaves_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => catalog.Database.BackupAsync(Target, cancelled.Token));
        Assert.False(File.Exists(Target));
        Assert.False(File.Exists(Target + ".partial"));
    }
}
