namespace RpcStore.Core.Flists.Sqlite;

/// <summary>The tables of a flist (spec/flist.md, section 1), and whether a file has these and nothing else.</summary>
internal static class FlistSchema
{
    /// <summary>Tables, character by character as rfs makes them.</summary>
    public const string Tables =
        """
        CREATE TABLE inode (
            ino INTEGER PRIMARY KEY AUTOINCREMENT,
            parent INTEGER,
            name VARCHAR(255),
            size INTEGER,
            uid INTEGER,
            gid INTEGER,
            mode INTEGER,
            rdev INTEGER,
            ctime INTEGER,
            mtime INTEGER
        );
        CREATE TABLE extra (
            ino INTEGER PRIMARY KEY,
            data VARCHAR(4096)
        );
        CREATE TABLE block (
            ino INTEGER,
            id VARCHAR(32),
            key VARCHAR(32)
        );
        CREATE TABLE tag (
            key VARCHAR(10) PRIMARY KEY,
            value VARCHAR(255)
        );
        CREATE TABLE route (
            start integer, -- one byte hash prefix
            end integer, -- one byte hash prefix
            url VARCHAR(2048)
        );
        """;

    /// <summary>Indexes; made last, because sorting once costs less than keeping in order.</summary>
    public const string Indexes =
        """
        CREATE INDEX parents ON inode (parent);
        CREATE INDEX names ON inode (name);
        CREATE INDEX block_ino ON block (ino);
        """;

    // What SQLite adds by itself may be missing in files of other writers.
    private const string Sequence = "sqlite_sequence";
    private const string TagIndex = "sqlite_autoindex_tag_1";

    private const int MostObjects = 16;

    private static readonly Dictionary<string, string[]> Columns = new()
    {
        ["inode"] = ["ino", "parent", "name", "size", "uid", "gid", "mode", "rdev", "ctime", "mtime"],
        ["extra"] = ["ino", "data"],
        ["block"] = ["ino", "id", "key"],
        ["tag"] = ["key", "value"],
        ["route"] = ["start", "end", "url"],
    };

    private static readonly Dictionary<string, string> IndexTables = new()
    {
        ["parents"] = "inode",
        ["names"] = "inode",
        ["block_ino"] = "block",
        [TagIndex] = "tag",
    };

    private static readonly (string Index, string Column)[] IndexColumns =
        [("parents", "parent"), ("names", "name"), ("block_ino", "ino")];

    /// <summary>Refuses a file that has other tables or columns, and one with views, triggers or virtual tables.</summary>
    public static void Check(FlistConnection connection)
    {
        var missing = new HashSet<string>([.. Columns.Keys, .. IndexTables.Keys]);
        missing.Remove(TagIndex);
        foreach (var (type, name, table, root) in ReadObjects(connection))
        {
            var isKnown = type switch
            {
                "table" => root > 0 && (name == Sequence || Columns.ContainsKey(name)),
                "index" => root > 0 && IndexTables.TryGetValue(name, out var expected) && expected == table,
                _ => false,
            };
            if (!isKnown)
            {
                throw connection.Faults.Invalid($"it has a {Shown(type)} '{Shown(name)}', which no flist has");
            }

            missing.Remove(name);
        }

        if (missing.Count > 0)
        {
            throw connection.Faults.Invalid($"it has no table or index '{missing.Order().First()}'");
        }

        foreach (var (table, columns) in Columns)
        {
            CheckColumns(connection, table, columns);
        }

        foreach (var (index, column) in IndexColumns)
        {
            CheckIndex(connection, index, column);
        }
    }

    private static List<(string Type, string Name, string Table, long Root)> ReadObjects(FlistConnection connection)
    {
        using var query = connection.Prepare("select type, name, tbl_name, rootpage from sqlite_master");
        var objects = new List<(string, string, string, long)>();
        while (query.Step())
        {
            if (objects.Count == MostObjects)
            {
                throw connection.Faults.Invalid("it has more tables and indexes than any flist");
            }

            objects.Add((query.Text(0), query.Text(1), query.Text(2), query.Int64(3)));
        }

        return objects;
    }

    private static void CheckColumns(FlistConnection connection, string table, string[] columns)
    {
        using var query = connection.Prepare($"pragma table_xinfo({table})");
        var missing = new List<string>(columns);
        while (query.Step())
        {
            // cid, name, type, notnull, default, pk, hidden: what is hidden or computed is not 0 in the last.
            var name = query.Text(1);
            if (!missing.Remove(name) || query.Int64(6) != 0)
            {
                throw connection.Faults.Invalid($"table {table} has a column '{Shown(name)}', which no flist has");
            }

            if (name == "ino" && table != "block"
                && (query.Int64(5) != 1 || !query.Text(2).Equals("INTEGER", StringComparison.OrdinalIgnoreCase)))
            {
                throw connection.Faults.Invalid($"table {table}, column ino: it is not the INTEGER PRIMARY KEY");
            }
        }

        if (missing.Count > 0)
        {
            throw connection.Faults.Invalid($"table {table} has no column '{missing[0]}'");
        }
    }

    /// <summary>An index of something else would turn every query into a walk through the whole table.</summary>
    private static void CheckIndex(FlistConnection connection, string index, string column)
    {
        using var query = connection.Prepare($"pragma index_xinfo({index})");
        var keys = 0;
        while (query.Step())
        {
            // seqno, cid, name, desc, collation, key: the row number that every index ends with is no key.
            if (query.Int64(5) != 0 && (++keys > 1 || query.Text(2) != column || query.Text(4) != "BINARY"))
            {
                throw connection.Faults.Invalid($"index {index} is not that of column {column}");
            }
        }
    }

    private static string Shown(string text) => text.Length <= 64 ? text : text[..64];
}
