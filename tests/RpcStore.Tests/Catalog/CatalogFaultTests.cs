using RpcStore.Core;
using RpcStore.Core.Catalog;
using RpcStore.Tests.JsonRpc.Support;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Catalog;

public sealed class CatalogFaultTests : IDisposable
{
    private readonly TestCatalog catalog = new();
    private readonly List<string> cleanUp = [];

    public void Dispose()
    {
        catalog.Database.Dispose();
        foreach (var script in Enumerable.Reverse(cleanUp))
        {
            Tool.Run("bash", null, "-c", script);
        }

        catalog.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(4096)]
    [InlineData(9000)]
    public async Task A_file_that_lost_its_end_is_refused_and_left_alone(int length)
    {
        await FillAsync();
        var refused = catalog.ReopenFails(file => Truncate(file, length));
        Assert.Equal((Fault.Unavailable, "corrupt"), (refused.Fault, refused.Details["reason"]));
        Assert.Contains("catalog.db is damaged", refused.Message);
        Assert.Contains("backup", refused.Message);
        Assert.Equal(length, new FileInfo(catalog.FilePath).Length);
        Assert.NotEmpty(CatalogCheck.Run(catalog.FilePath));
    }

    [Theory]
    [InlineData("not a database at all, but a text that is long enough to have a header, which SQLite looks at first of all …")]
    [InlineData("x")]
    public void Something_else_under_its_name_is_refused_and_left_alone(string content)
    {
        var refused = catalog.ReopenFails(file => File.WriteAllText(file, content));
        Assert.Equal((Fault.Unavailable, "corrupt"), (refused.Fault, refused.Details["reason"]));
        Assert.Equal(content, File.ReadAllText(catalog.FilePath));
        Assert.NotEmpty(CatalogCheck.Run(catalog.FilePath));
    }

    [Fact]
    public void The_database_of_another_program_is_refused_and_left_alone()
    {
        var refused = catalog.ReopenFails(file =>
        {
            File.Delete(file);
            Tool.Run("sqlite3", null, file, "create table bookmark (url text)");
        });
        Assert.Equal(Fault.Conflict, refused.Fault);
        Assert.Contains("another program", refused.Message);
        Assert.Equal("bookmark", Tool.Run("sqlite3", null, catalog.FilePath, ".tables").Trim());
    }

    [Fact]
    public async Task A_catalog_that_is_gone_while_its_log_is_there_is_not_begun_anew()
    {
        await FillAsync();
        var refused = catalog.ReopenFails(file =>
        {
            File.Delete(file);
            File.WriteAllBytes(file + "-wal", new byte[5000]);
        });
        Assert.Equal("corrupt", refused.Details["reason"]);
        Assert.False(File.Exists(catalog.FilePath));
    }

    [Fact]
    public async Task Flipped_bytes_are_found_by_the_check_and_reads_of_other_tables_go_on()
    {
        await FillAsync();
        catalog.Reopen(null, TestCatalog.Items, new CatalogMigration("others", 1, "create table other (id integer primary key)"));
        Assert.Empty(await catalog.Database.CheckAsync());
        var root = await catalog.Database.ReadAsync(session =>
            session.Prepare("select rootpage from sqlite_master where name = 'item'").Scalar());
        catalog.Reopen(
            file => Overwrite(file, (root!.Value - 1) * 4096, 512),
            TestCatalog.Items,
            new CatalogMigration("others", 1, "create table other (id integer primary key)"));

        Assert.NotEmpty(await catalog.Database.CheckAsync());
        Assert.NotEmpty(CatalogCheck.Run(catalog.FilePath));
        var failure = await Assert.ThrowsAsync<StoreException>(async () => await catalog.Database.ReadAsync(session =>
            session.Prepare("select stored from item where id = 77").Scalar()));
        Assert.Equal((Fault.Unavailable, "corrupt"), (failure.Fault, failure.Details["reason"]));
        Assert.Equal(0, await catalog.Database.ReadAsync(session => session.Prepare("select count(*) from other").Scalar()));
        await catalog.Database.WriteAsync(session => session.Prepare("insert into other (id) values (1)").Execute());
    }

    [Fact]
    public async Task References_to_nothing_are_found_by_the_check()
    {
        await catalog.AddAsync("one");
        catalog.Reopen(file => Tool.Run("sqlite3", null, file, "insert into item (name, parent) values ('orphan', 99)"));
        var finding = Assert.Single(await catalog.Database.CheckAsync());
        Assert.Contains("item", finding);
    }

    [Fact]
    public async Task A_full_disk_refuses_what_does_not_fit_reads_go_on_and_writes_when_there_is_space()
    {
        await catalog.AddAsync("kept");
        var pages = await LimitAsync(0);
        var full = await Assert.ThrowsAsync<StoreException>(FillAsync);
        Assert.Equal((Fault.Full, "no space"), (full.Fault, full.Details["reason"]));
        Assert.Contains("catalog.db", full.Message);
        Assert.Equal(["kept"], await catalog.NamesAsync());
        await LimitAsync(pages + 10_000);
        await FillAsync();
        Assert.Equal(501, (await catalog.NamesAsync()).Count);
    }

    [Fact]
    public async Task A_disk_of_its_own_that_gets_full_keeps_what_was_acknowledged()
    {
        var mount = catalog.Combine("disk");
        ShellOrSkip($"mkdir {mount} && mount -t tmpfs -o size=1M none {mount}", $"umount -l {mount}");
        using var database = CatalogDatabase.Open(Path.Combine(mount, "catalog.db"), [TestCatalog.Items]);
        var kept = 0;
        var full = await Assert.ThrowsAsync<StoreException>(async () =>
        {
            for (; kept < 10_000; kept++)
            {
                await database.WriteAsync(session => TestCatalog.Add(session, $"{kept} {new string('x', 1000)}"));
            }
        });
        Assert.Equal(Fault.Full, full.Fault);
        Assert.InRange(kept, 1, 9999);
        Assert.Equal(kept, await database.ReadAsync(session => session.Prepare("select count(*) from item").Scalar()));

        Tool.Run("mount", null, "-o", "remount,size=8M", mount);
        await database.WriteAsync(session => TestCatalog.Add(session, "fits again"));
        Assert.Empty(await database.CheckAsync());
    }

    [Fact]
    public async Task A_disk_that_fails_refuses_writes_and_goes_on_with_reads()
    {
        var (image, mount) = (catalog.Combine("image"), catalog.Combine("disk"));
        ShellOrSkip(
            $"mkdir {mount} && truncate -s 24M {image} && mkfs.ext4 -q {image} && mount -o loop {image} {mount}", $"umount -l {mount}");
        using var database = CatalogDatabase.Open(Path.Combine(mount, "catalog.db"), [TestCatalog.Items]);
        await database.WriteAsync(session => TestCatalog.Add(session, "kept"));

        // What the kernel does by itself when the disk reports an error: the file system goes read-only under open files.
        ShellOrSkip($"mount -o remount,abort {mount} || grep -q '{mount} ext4 ro' /proc/mounts", "true");
        var failure = await Assert.ThrowsAsync<StoreException>(() =>
            database.WriteAsync(session => TestCatalog.Add(session, "late")));
        Assert.Equal(Fault.Unavailable, failure.Fault);
        Assert.Equal(["kept"], await database.ReadAsync(session =>
            session.Prepare("select name from item").ToList(row => row.GetString(0))));
    }

    [Fact]
    public void A_file_that_is_read_only_is_refused()
    {
        var folder = catalog.Combine("disk");
        var file = Path.Combine(folder, "catalog.db");
        ShellOrSkip($"mkdir {folder} && mount --bind {folder} {folder}", $"umount -l {folder}");
        CatalogDatabase.Open(file, [TestCatalog.Items]).Dispose();
        ShellOrSkip($"mount -o remount,bind,ro {folder}", "true");
        var refused = Assert.Throws<StoreException>(() => CatalogDatabase.Open(file, [TestCatalog.Items]));
        Assert.Equal((Fault.Unavailable, "read-only"), (refused.Fault, refused.Details["reason"]));
        Assert.Contains("catalog.db cannot be written", refused.Message);
    }

    [Fact]
    public void A_folder_that_is_read_only_is_refused_and_named()
    {
        var folder = catalog.Combine("folder");
        ShellOrSkip($"mkdir {folder} && mount -t tmpfs -o ro none {folder}", $"umount -l {folder}");
        var refused = Assert.Throws<StoreException>(() =>
            CatalogDatabase.Open(Path.Combine(folder, "catalog.db"), [TestCatalog.Items]));
        Assert.Equal((Fault.Unavailable, "read-only"), (refused.Fault, refused.Details["reason"]));
    }

    [Fact]
    public async Task A_file_that_another_program_locks_for_a_moment_is_waited_for()
    {
        using var held = new HeldLock(catalog.FilePath);
        var write = catalog.AddAsync("patient");
        Assert.Empty(await catalog.NamesAsync());
        Assert.False(write.IsCompleted);
        held.Dispose();
        await write.Soon();
        Assert.Equal(["patient"], await catalog.NamesAsync());
    }

    private Task FillAsync() => catalog.Database.WriteAsync(session =>
    {
        for (var number = 0; number < 500; number++)
        {
            TestCatalog.Add(session, $"{number} {new string('x', 200)}");
        }
    });

    /// <summary>Lets the file have as many pages as it has, and some more: SQLite then says that the disk is full.</summary>
    private Task<long> LimitAsync(long more) => catalog.Database.WriteAsync(session =>
    {
        var pages = session.Prepare("pragma page_count").Scalar()!.Value;
        session.Prepare($"pragma max_page_count = {pages + more}").Scalar();
        return pages;
    });

    private void ShellOrSkip(string script, string undo)
    {
        var result = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("bash", ["-c", script]) { RedirectStandardError = true })!;
        var error = result.StandardError.ReadToEnd();
        result.WaitForExit();
        Assert.SkipUnless(result.ExitCode == 0, $"This machine does not let tests change its disks: {error}");
        cleanUp.Add(undo);
    }

    private static void Truncate(string path, long length)
    {
        using var file = File.OpenWrite(path);
        file.SetLength(length);
    }

    private static void Overwrite(string path, long offset, int count)
    {
        using var file = File.OpenWrite(path);
        file.Position = offset;
        file.Write(new byte[count].Select((_, index) => (byte)(index * 37)).ToArray());
    }
}
