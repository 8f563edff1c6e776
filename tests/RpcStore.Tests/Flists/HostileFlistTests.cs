using RpcStore.Core;
using RpcStore.Core.Flists;
using RpcStore.Tests.Attacks;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Flists;

/// <summary>Flists of somebody who means harm, or whose disk does.</summary>
public sealed class HostileFlistTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("create view v as select 1", "a view 'v'")]
    [InlineData("create trigger t after insert on inode begin select 1; end", "a trigger 't'")]
    [InlineData("create table other (a)", "a table 'other'")]
    [InlineData("create virtual table f using fts5(a)", "a table 'f'")]
    [InlineData("drop table route; create view route as select 0 as start, 255 as end, 'x' as url", "a view 'route'")]
    [InlineData("create index more on tag (value)", "a index 'more'")]
    [InlineData("drop index parents", "no table or index 'parents'")]
    [InlineData("drop index parents; create index parents on inode (uid)", "index parents is not that of column parent")]
    [InlineData("drop index names; create index names on inode (name) where ino < 5", "no query solution")]
    [InlineData("drop index names; create index names on inode (name collate nocase)", "index names is not that of column name")]
    [InlineData("drop index block_ino; create index block_ino on extra (data)", "a index 'block_ino'")]
    [InlineData("drop table tag", "no table or index 'tag'")]
    [InlineData("alter table inode add column more", "table inode has a column 'more'")]
    [InlineData("alter table inode add column more as (abs(-9223372036854775808))", "table inode has a column 'more'")]
    [InlineData("alter table inode drop column rdev", "table inode has no column 'rdev'")]
    [InlineData("drop table extra; create table extra (ino integer, data)", "table extra, column ino")]
    [InlineData("drop table block; create table block (ino, id, key, primary key (id)) without rowid; create index block_ino on block (ino)", "no such column: rowid")]
    [InlineData("delete from inode where ino = 1", "no root")]
    [InlineData("update inode set parent = 7 where ino = 1", "the root has parent 0")]
    [InlineData("update inode set name = 'x' where ino = 1", "the root has parent 0")]
    [InlineData("update inode set mode = 33188 where ino = 1", "the root has parent 0")]
    [InlineData("update inode set parent = 0 where ino = 3", "two roots")]
    [InlineData("pragma journal_mode = wal", "journal mode is WAL")]
    public void A_file_of_another_shape_is_not_opened(string sql, string reason)
    {
        var e = Assert.Throws<StoreException>(() => FlistReader.Open(Make(sql), FlistLimits.Default).Dispose());
        Assert.Equal(Fault.Invalid, e.Fault);
        Assert.StartsWith("The flist x.fl is not valid: ", e.Message);
        Assert.Contains(reason, e.Message);
    }

    [Theory]
    [InlineData("update inode set name = '..' where ino = 6", "table inode, row 6, column name: it is '.' or '..'")]
    [InlineData("update inode set name = 'a/b' where ino = 6", "column name: it holds a slash")]
    [InlineData("update inode set name = '/' where ino = 6", "column name: it holds a slash")]
    [InlineData("update inode set name = '' where ino = 6", "column name: it is empty")]
    [InlineData("update inode set name = null where ino = 6", "column name: it is no text")]
    [InlineData("update inode set name = x'61' where ino = 6", "column name: it is no text")]
    [InlineData("update inode set name = cast(x'ff' as text) where ino = 6", "column name: it is not UTF-8")]
    [InlineData("update inode set name = printf('%0300d', 1) where ino = 6", "column name: it has more than 255 bytes")]
    [InlineData("update inode set name = 'link' where ino = 6", "column name: another entry")]
    [InlineData("update inode set size = 'big' where ino = 6", "column size: it is no integer")]
    [InlineData("update inode set size = -1 where ino = 6", "column size: -1 is not 0")]
    [InlineData("update inode set uid = 4294967296 where ino = 6", "column uid: 4294967296 is not 0")]
    [InlineData("update inode set gid = null where ino = 6", "column gid: it is no integer")]
    [InlineData("update inode set mode = 420 where ino = 6", "column mode: 0644 is the mode of no kind")]
    [InlineData("update inode set mode = 65536 where ino = 6", "column mode: 65536")]
    [InlineData("update inode set parent = 99 where ino = 6", "row 6, column parent: it is in something that is no directory")]
    [InlineData("update inode set parent = 4 where ino = 6", "row 6, column parent: it is in something that is no directory")]
    [InlineData("update inode set parent = 2 where ino = 2", "1 rows are in directories that are below themselves", 3)]
    [InlineData("update inode set parent = 3 where ino = 2; update inode set parent = 2 where ino = 3", "below themselves")]
    [InlineData("delete from extra", "row 7, column size: the symbolic link has no target")]
    [InlineData("update extra set data = x''", "table extra, row 7, column data")]
    [InlineData("update extra set data = x'610062'", "table extra, row 7, column data")]
    [InlineData("update extra set data = zeroblob(70000)", "longer than any value")]
    [InlineData("update block set id = 'x' where ino = 6", "table block, row 2, column id: it is not 32 bytes")]
    [InlineData("update block set key = zeroblob(31) where ino = 6", "table block, row 2, column key: it is not 32 bytes")]
    [InlineData("update block set ino = 99 where ino = 6", "row 99, column mode: it has blocks")]
    [InlineData("update block set ino = 2 where ino = 6", "row 2, column mode: it has blocks")]
    [InlineData("update route set start = 256", "table route, row 1, column start")]
    [InlineData("update route set url = x'07'", "table route, row 1, column url")]
    [InlineData("update tag set value = null", "table tag, row 1, column value")]
    public void Rows_that_no_flist_has_are_named(string sql, string reason, int more = 0)
    {
        using var flist = FlistReader.Open(Make(sql), FlistLimits.Default);
        var e = Assert.Throws<StoreException>(() => FlistCheck.Run(flist));
        Assert.Equal(Fault.Invalid, e.Fault);
        Assert.Contains(more == 0 ? reason : reason.Replace("1 rows", $"{more} rows"), e.Message);
    }

    [Fact]
    public void What_passes_a_limit_names_it()
    {
        AssertTooLarge("maxFlistBytes", limits => limits with { MaxFlistBytes = 100 });
        AssertTooLarge("maxFlistInodes", limits => limits with { MaxInodes = 7 });
        AssertTooLarge("maxFlistFileBytes", limits => limits with { MaxFileBytes = 6 });
        AssertTooLarge("maxFlistDepth", limits => limits with { MaxDepth = 1 });
        AssertTooLarge("maxFlistTags", limits => limits with { MaxTags = 0 });
    }

    // The index says one thing and the table another: by path it would be another tree than by number.
    [Fact]
    public void An_index_that_lies_is_found()
    {
        var path = Make("""
            pragma writable_schema = on;
            update sqlite_master set rootpage = (select rootpage from sqlite_master where name = 'names') where name = 'parents';
            """);
        var e = Assert.Throws<StoreException>(() =>
        {
            using var flist = FlistReader.Open(path, FlistLimits.Default);
            FlistCheck.Run(flist);
        });
        Assert.Equal(Fault.Invalid, e.Fault);
    }

    [Fact]
    public Task Random_damage_ends_with_a_documented_error_or_a_tree()
    {
        var whole = File.ReadAllBytes(Make("select 1"));
        return AttackRun.RunAsync(random =>
        {
            var bytes = (byte[])whole.Clone();
            for (var change = random.Next(1, 20); change > 0; change--)
            {
                // Half of it where the pages of a small file have their headers and cells.
                var position = random.Next(2) == 0 ? random.Next(bytes.Length) : (random.Next(bytes.Length / 4096) * 4096) + random.Next(120);
                bytes[position] = random.Next(3) == 0 ? (byte)0xff : (byte)random.Next(256);
            }

            var path = folder.Combine("damaged.fl");
            File.WriteAllBytes(path, random.Next(5) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            try
            {
                using var flist = FlistReader.Open(path, FlistLimits.Default);
                try
                {
                    FlistCheck.Run(flist);
                    FlistSamples.Describe(flist);
                }
                catch (StoreException e) when (e.Fault is Fault.Invalid or Fault.TooLarge)
                {
                    // Whoever reads without having checked meets the same kind of errors, and an end.
                    Read(flist);
                }
            }
            catch (StoreException e) when (e.Fault is Fault.Invalid or Fault.TooLarge)
            {
                Assert.NotEmpty(e.Message);
            }

            return Task.CompletedTask;
        });
    }

    private static void Read(FlistReader flist)
    {
        flist.Find("etc/hosts");
        flist.ListChildren(flist.Root, 0, 100);
        flist.ListAllBlocks(0, 100);
        flist.ReadTags();
        flist.ReadRoutes();
    }

    private void AssertTooLarge(string limit, Func<FlistLimits, FlistLimits> change)
    {
        var e = Assert.Throws<StoreException>(() =>
        {
            using var flist = FlistReader.Open(Make("select 1"), change(FlistLimits.Default));
            FlistCheck.Run(flist);
        });
        Assert.Equal((Fault.TooLarge, limit), (e.Fault, e.Details["limit"]));
    }

    private string Make(string sql)
    {
        var path = folder.Combine("x.fl");
        File.Delete(path);
        FlistSamples.Write(path);
        FlistSamples.Change(path, sql);
        return path;
    }
}
