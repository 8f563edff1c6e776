using System.Text;
using SQLitePCL;

namespace RpcStore.Core.Flists.Sqlite;

/// <summary>
/// A compiled statement: bind by place from 1, step, read columns from 0, reset. For one caller at a time.
/// </summary>
internal sealed class FlistStatement(FlistConnection connection, sqlite3_stmt handle) : IDisposable
{
    /// <summary>Binds a number.</summary>
    public FlistStatement Bind(int place, long value)
    {
        connection.Check(raw.sqlite3_bind_int64(handle, place, value));
        return this;
    }

    /// <summary>Binds bytes as they are.</summary>
    public FlistStatement BindBlob(int place, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_blob(handle, place, value));
        return this;
    }

    /// <summary>Binds UTF-8 as text.</summary>
    public FlistStatement BindText(int place, ReadOnlySpan<byte> value)
    {
        connection.Check(raw.sqlite3_bind_text(handle, place, value));
        return this;
    }

    /// <summary>Binds nothing.</summary>
    public FlistStatement BindNull(int place)
    {
        connection.Check(raw.sqlite3_bind_null(handle, place));
        return this;
    }

    /// <summary>Goes to the next row.</summary>
    /// <returns>False when there is none.</returns>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code is not (raw.SQLITE_ROW or raw.SQLITE_DONE))
        {
            connection.Check(code);
        }

        return code == raw.SQLITE_ROW;
    }

    /// <summary>Makes it ready to run again. A failure was told by the step that failed.</summary>
    public void Reset() => raw.sqlite3_reset(handle);

    /// <summary>Runs it for what it changes.</summary>
    public void Run()
    {
        try
        {
            Step();
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>The number in the first column of the first row.</summary>
    /// <returns>Null when there is no row.</returns>
    public long? Scalar()
    {
        try
        {
            return Step() ? Int64(0) : null;
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Whether a column holds an integer; nothing is converted.</summary>
    public bool IsInteger(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_INTEGER;

    /// <summary>Whether a column holds text.</summary>
    public bool IsText(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_TEXT;

    /// <summary>Whether a column holds bytes.</summary>
    public bool IsBlob(int column) => raw.sqlite3_column_type(handle, column) == raw.SQLITE_BLOB;

    /// <summary>A number.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(handle, column);

    /// <summary>The bytes of a blob or a text; valid until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    /// <summary>A text that we wrote or that is only shown.</summary>
    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();
}
