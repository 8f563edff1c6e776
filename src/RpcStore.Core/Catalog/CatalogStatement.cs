using Microsoft.Data.Sqlite;

namespace RpcStore.Core.Catalog;

/// <summary>
/// A statement of SQL with named parameters, compiled once for its connection. Bind every parameter, then run it. For one
/// thread at a time, and only in the function that its <see cref="CatalogSession"/> was given to; rows are all read before a
/// result is returned, and the function that reads a row must not run the same statement again.
/// </summary>
/// <remarks>Failures are <see cref="StoreException"/>s, <see cref="CatalogSession"/> says which.</remarks>
public sealed class CatalogStatement : IDisposable
{
    private readonly SqliteCommand command;
    private readonly CatalogFaults faults;
    private readonly List<SqliteParameter> parameters = [];

    internal CatalogStatement(SqliteConnection connection, string sql, CatalogFaults faults)
    {
        command = connection.CreateCommand();
        command.CommandText = sql;
        this.faults = faults;
    }

    /// <summary>Binds a number.</summary>
    public CatalogStatement Bind(string name, long value) => BindValue(name, value);

    /// <summary>Binds a number or null.</summary>
    public CatalogStatement Bind(string name, long? value) => BindValue(name, value);

    /// <summary>Binds a text or null.</summary>
    public CatalogStatement Bind(string name, string? value) => BindValue(name, value);

    /// <summary>Binds bytes or null.</summary>
    public CatalogStatement Bind(string name, byte[]? value) => BindValue(name, value);

    /// <summary>Binds truth, stored as 0 or 1.</summary>
    public CatalogStatement Bind(string name, bool value) => BindValue(name, value ? 1L : 0L);

    /// <summary>Binds a time, stored as microseconds since 1970 in UTC.</summary>
    public CatalogStatement Bind(string name, DateTimeOffset value) => BindValue(name, CatalogTime.ToMicroseconds(value));

    /// <summary>Binds a time or null.</summary>
    public CatalogStatement Bind(string name, DateTimeOffset? value) =>
        BindValue(name, value is { } time ? CatalogTime.ToMicroseconds(time) : null);

    /// <summary>Runs it for what it changes.</summary>
    /// <returns>Rows that were inserted, updated or deleted; less than 0 for a statement of another kind.</returns>
    public int Execute()
    {
        try
        {
            return command.ExecuteNonQuery();
        }
        catch (SqliteException e)
        {
            throw faults.Translate(e);
        }
    }

    /// <summary>Runs it for its rows.</summary>
    /// <param name="map">Makes something of each.</param>
    public List<T> ToList<T>(Func<CatalogRow, T> map)
    {
        var rows = new List<T>();
        try
        {
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(map(new CatalogRow(reader)));
            }
        }
        catch (SqliteException e)
        {
            throw faults.Translate(e);
        }

        return rows;
    }

    /// <summary>Runs it for its first row.</summary>
    /// <param name="map">Makes something of it.</param>
    /// <returns>The default, which is null for a class, when there is no row.</returns>
    public T? FirstOrDefault<T>(Func<CatalogRow, T> map)
    {
        try
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? map(new CatalogRow(reader)) : default;
        }
        catch (SqliteException e)
        {
            throw faults.Translate(e);
        }
    }

    /// <summary>Runs it for the number in the first column of its first row.</summary>
    /// <returns>Null when there is no row, or no value in it.</returns>
    public long? Scalar() => FirstOrDefault(row => row.GetInt64OrNull(0));

    /// <inheritdoc/>
    public void Dispose() => command.Dispose();

    /// <summary>Forgets what was bound, so that a parameter that nobody binds is an error and not what it was last time.</summary>
    internal CatalogStatement Unbind()
    {
        foreach (var parameter in parameters)
        {
            parameter.Value = null;
        }

        return this;
    }

    private CatalogStatement BindValue(string name, object? value)
    {
        Find(name).Value = value ?? DBNull.Value;
        return this;
    }

    private SqliteParameter Find(string name)
    {
        foreach (var parameter in parameters)
        {
            if (parameter.ParameterName == name)
            {
                return parameter;
            }
        }

        var added = new SqliteParameter { ParameterName = name };
        parameters.Add(added);
        command.Parameters.Add(added);
        return added;
    }
}
