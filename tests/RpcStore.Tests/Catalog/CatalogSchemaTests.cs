using RpcStore.Core;
using RpcStore.Core.Catalog;
using Xunit;

namespace RpcStore.Tests.Catalog;

public sealed class CatalogSchemaTests : IDisposable
{
    private static readonly CatalogMigration Colours = new("items", 2, "alter table item add column colour text");
    private static readonly CatalogMigration Broken =
        new("items", 2, "alter table item add column colour text; create table item (id bigint)");

    private static readonly CatalogMigration Others = new("others", 1, "create table other (id integer primary key)");

    private readonly TestCatalog catalog = new();

    public void Dispose() => catalog.Dispose();

    [Fact]
    public async Task Tables_are_brought_up_to_date_step_by_step_and_keep_their_rows()
    {
        await catalog.AddAsync("kept");
        catalog.Reopen(null, Colours, TestCatalog.Items, Others);
        catalog.Reopen(null, TestCatalog.Items, Colours, Others);
        Assert.Equal(["kept"], await catalog.NamesAsync());
        Assert.Equal(0, await catalog.Database.ReadAsync(session => session.Prepare("select count(colour) from item").Scalar()));
        Assert.Equal(0, await catalog.Database.ReadAsync(session => session.Prepare("select count(*) from other").Scalar()));
    }

    [Fact]
    public async Task A_file_of_a_newer_server_is_refused_and_left_alone()
    {
        catalog.Reopen(null, TestCatalog.Items, Colours, Others);
        await catalog.AddAsync("kept");
        var newer = catalog.ReopenFails(null, TestCatalog.Items, Others);
        Assert.Equal(Fault.Conflict, newer.Fault);
        Assert.Contains("version 2 of the tables for items", newer.Message);
        Assert.Contains("newer server", newer.Message);
        Assert.Contains("others", catalog.ReopenFails(null, TestCatalog.Items, Colours).Message);
        catalog.Reopen(null, TestCatalog.Items, Colours, Others);
        Assert.Equal(["kept"], await catalog.NamesAsync());
    }

    [Fact]
    public async Task A_step_that_fails_leaves_the_file_as_it_was()
    {
        await catalog.AddAsync("kept");
        Assert.ThrowsAny<Exception>(() => catalog.Reopen(null, TestCatalog.Items, Others, Broken));
        catalog.Reopen();
        Assert.Equal(["kept"], await catalog.NamesAsync());
    }

    [Fact]
    public void A_gap_in_the_numbers_is_a_mistake_of_the_program()
    {
        Assert.Throws<ArgumentException>(() => catalog.Reopen(null, TestCatalog.Items, Colours with { Number = 3 }));
        Assert.Throws<ArgumentException>(() => catalog.Reopen(null, Colours));
    }

    [Fact]
    public void A_first_start_that_was_cut_off_leaves_nothing_in_the_way()
    {
        catalog.Reopen(file =>
        {
            File.Delete(file);
            File.WriteAllText(file + ".new", "half");
            File.WriteAllText(file + ".new-journal", "half");
        });
        Assert.False(File.Exists(catalog.FilePath + ".new"));
    }
}
