using Microsoft.Data.Sqlite;

namespace RpcStore.Core.Catalog;

/// <summary>The row that a query is at, column by column from 0. Only valid in the function that it was given to.</summary>
public readonly struct CatalogRow
{
    private readonly SqliteDataReader reader;

    internal CatalogRow(SqliteDataReader reader) => this.reader = reader;

    /// <summary>Whether a column has no value.</summary>
    public bool IsNull(int column) => reader.IsDBNull(column);

    /// <summary>A number.</summary>
    public long GetInt64(int column) => reader.GetInt64(column);

    /// <summary>A number, or null.</summary>
    public long? GetInt64OrNull(int column) => IsNull(column) ? null : GetInt64(column);

    /// <summary>A text.</summary>
    public string GetString(int column) => reader.GetString(column);

    /// <summary>A text, or null.</summary>
    public string? GetStringOrNull(int column) => IsNull(column) ? null : GetString(column);

    /// <summary>Bytes.</summary>
    public byte[] GetBytes(int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Bytes, or null.</summary>
    public byte[]? GetBytesOrNull(int column) => IsNull(column) ? null : GetBytes(column);

    /// <summary>Truth, stored as 0 or 1.</summary>
    public bool GetBoolean(int column) => GetInt64(column) != 0;

    /// <summary>A time, stored as microseconds since 1970 in UTC.</summary>
    public DateTimeOffset GetTime(int column) => CatalogTime.FromMicroseconds(GetInt64(column));

    /// <summary>A time, or null.</summary>
    public DateTimeOffset? GetTimeOrNull(int column) => IsNull(column) ? null : GetTime(column);
}
