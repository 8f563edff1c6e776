using RpcStore.Core.Flists.Sqlite;

namespace RpcStore.Core.Flists.Archives;

/// <summary>Hard links that wait for the entry that they link to, in the temporary file of an <see cref="ArchiveTree"/>.</summary>
internal sealed class ArchiveHardLinks
{
    // Few archives have any; a million of them would take rounds of this many.
    private const int Round = 10_000;

    private readonly FlistStatement insert;
    private readonly FlistStatement select;
    private readonly FlistStatement delete;

    public ArchiveHardLinks(FlistConnection connection)
    {
        connection.Execute("create table waiting (position integer primary key, entry integer, path text, target text)");
        insert = connection.Prepare("insert into waiting (entry, path, target) values (?1, ?2, ?3)");
        select = connection.Prepare("select position, entry, path, target from waiting order by position limit ?1");
        delete = connection.Prepare("delete from waiting where position <= ?1");
    }

    /// <summary>Keeps one.</summary>
    public void Add(ArchiveEntry entry) => insert
        .Bind(1, entry.Number)
        .BindText(2, System.Text.Encoding.UTF8.GetBytes(string.Join('/', entry.Path)))
        .BindText(3, System.Text.Encoding.UTF8.GetBytes(string.Join('/', entry.HardLink)))
        .Run();

    /// <summary>Takes the first of them out.</summary>
    public List<ArchiveEntry> Take(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var taken = new List<ArchiveEntry>();
        var last = 0L;
        select.Bind(1, Round);
        while (select.Step())
        {
            last = select.Int64(0);
            taken.Add(new ArchiveEntry(select.Int64(1), select.Text(2).Split('/'), null, [], select.Text(3).Split('/')));
        }

        select.Reset();
        delete.Bind(1, last).Run();
        return taken;
    }
}
