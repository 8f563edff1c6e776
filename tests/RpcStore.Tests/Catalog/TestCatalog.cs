using RpcStore.Core;
using RpcStore.Core.Catalog;
using RpcStore.Tests.Support;

namespace RpcStore.Tests.Catalog;

/// <summary>A catalog with one small domain, in a folder of its own.</summary>
public sealed class TestCatalog : IDisposable
{
    public static readonly CatalogMigration Items = new("items", 1,
        """
        create table item (
            id integer primary key,
            name text not null unique,
            parent bigint references item (id),
            stored bigint,
            flag bigint,
            hash bytea
        );
        create index item_parent on item (parent);
        """);

    private readonly TemporaryDirectory folder = new();

    public TestCatalog() => Database = CatalogDatabase.Open(FilePath, [Items]);

    public string FilePath => folder.Combine("catalog.db");

    public CatalogDatabase Database { get; private set; }

    public string Combine(string name) => folder.Combine(name);

    public Task AddAsync(string name) => Database.WriteAsync(session => Add(session, name));

    public static void Add(CatalogSession session, string name) =>
        session.Prepare("insert into item (name) values (@name)").Bind("@name", name).Execute();

    public async Task<List<string>> NamesAsync() =>
        await Database.ReadAsync(session => session.Prepare("select name from item order by id").ToList(row => row.GetString(0)));

    /// <summary>Closes it, lets something happen to the file, and opens it again.</summary>
    public void Reopen(Action<string>? meanwhile = null, params CatalogMigration[] migrations)
    {
        Database.Dispose();
        meanwhile?.Invoke(FilePath);
        Database = CatalogDatabase.Open(FilePath, migrations.Length == 0 ? [Items] : migrations);
    }

    /// <summary>Opens it again and expects that to fail.</summary>
    public StoreException ReopenFails(Action<string>? meanwhile = null, params CatalogMigration[] migrations) =>
        Xunit.Assert.Throws<StoreException>(() => Reopen(meanwhile, migrations));

    public void Dispose()
    {
        Database.Dispose();
        folder.Dispose();
    }
}
