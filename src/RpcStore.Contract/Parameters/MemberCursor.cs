namespace RpcStore.Contract.Parameters;

/// <summary>How far the reading of one object's members has come. Made and moved by <see cref="ParameterReader"/>.</summary>
public struct MemberCursor
{
    internal MemberCursor(ParameterTable table, long start, bool byPosition)
    {
        Table = table;
        Start = start;
        ByPosition = byPosition;
        Index = -1;
    }

    /// <summary>Which member the reader stands on: its index in the table.</summary>
    public int Index { get; internal set; }

    internal ParameterTable Table { get; }

    /// <summary>Where the object starts, in bytes.</summary>
    internal long Start { get; }

    internal bool ByPosition { get; }

    /// <summary>One bit for each name that was met.</summary>
    internal ulong Met { get; set; }
}
