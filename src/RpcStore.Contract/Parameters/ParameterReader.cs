using System.Text.Json;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

/// <summary>
/// Reads the parameters of a call forward, once, out of the bytes that were received, and holds each against the contract.
/// Generated code drives it: begin, move from member to member, read each as what it must be.
/// </summary>
/// <remarks>
/// What does not fit is an <see cref="RpcException"/> with <c>invalidParams</c>, whose <c>data</c> has a pointer to the
/// place, always by name, and a reason. The pointer is worked out only then, by reading the text again: calls that are right
/// do not pay for it. The text must be valid JSON, as it is when it comes from a session.
/// </remarks>
public ref partial struct ParameterReader
{
    private static readonly ParameterTable None = new([], []);

    private readonly ReadOnlySpan<byte> json;
    private ParameterTable? positions;
    private Utf8JsonReader reader;

    /// <summary>Reads a text that outlives this reader.</summary>
    /// <param name="json">One JSON value, or nothing.</param>
    public ParameterReader(ReadOnlySpan<byte> json)
    {
        this.json = json;
        // Depth is a limit of the session; what the contract does not know is refused before it is descended into.
        reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
    }

    /// <summary>Whether the value that the reader stands on is null.</summary>
    public readonly bool IsNull => reader.TokenType == JsonTokenType.Null;

    /// <summary>Begins the parameters of a call: an object, an array in the order of the table, or nothing.</summary>
    public MemberCursor BeginParameters(ParameterTable table)
    {
        if (json.IsEmpty)
        {
            return new MemberCursor(table, 0, byPosition: false);
        }

        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            positions = table;
            return new MemberCursor(table, reader.TokenStartIndex, byPosition: true);
        }

        return BeginHere(table, "must be an object or an array");
    }

    /// <summary>Refuses whatever parameters a call has.</summary>
    /// <param name="json">The parameters of a method that has none.</param>
    public static void RefuseAny(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return;
        }

        var reader = new ParameterReader(json);
        var members = reader.BeginParameters(None);
        reader.MoveNext(ref members);
    }

    /// <summary>Begins a document that is one object, such as the body of a request.</summary>
    public MemberCursor BeginDocument(ParameterTable table)
    {
        reader.Read();
        return BeginHere(table, "must be an object");
    }

    /// <summary>Begins the object that the reader stands on.</summary>
    public readonly MemberCursor BeginObject(ParameterTable table) => BeginHere(table, "must be an object");

    /// <summary>Moves to the value of the next member; <see cref="MemberCursor.Index"/> tells which it is.</summary>
    /// <returns>False after the last; all required members were there.</returns>
    public bool MoveNext(ref MemberCursor members)
    {
        if (!json.IsEmpty)
        {
            reader.Read();
            if (reader.TokenType is not (JsonTokenType.EndObject or JsonTokenType.EndArray))
            {
                members.Index = members.ByPosition ? NextPosition(members) : NextName(members.Table);
                members.Met |= 1ul << members.Index;
                return true;
            }
        }

        var required = (1ul << members.Table.RequiredCount) - 1;
        if ((members.Met & required) != required)
        {
            ThrowMissing(members);
        }

        return false;
    }

    private readonly MemberCursor BeginHere(ParameterTable table, string reason)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            Throw(reason);
        }

        return new MemberCursor(table, reader.TokenStartIndex, byPosition: false);
    }

    private readonly int NextPosition(MemberCursor members)
    {
        var index = members.Index + 1;
        if (index == members.Table.Names.Count)
        {
            ThrowAt(members.Start, $"has more than the {members.Table.Names.Count} parameters that there are");
        }

        return index;
    }

    private int NextName(ParameterTable table)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var index = TryGetShortText(scratch, out var name) ? table.IndexOf(name) : -1;
        if (index < 0)
        {
            reader.Read();
            Throw("is no parameter that the contract has");
        }

        reader.Read();
        return index;
    }
}
