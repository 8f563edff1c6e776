namespace RpcStore.JsonRpc.Sessions;

/// <summary>Reads single members of small objects that are known to be well-formed.</summary>
internal static class JsonMembers
{
    /// <summary>The value of a member as it is written; empty when the text is no object or has no such member.</summary>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        var value = default(ReadOnlySpan<byte>);
        var cursor = new JsonCursor(json, int.MaxValue);
        if (!cursor.TryOpen((byte)'{'))
        {
            return value;
        }

        do
        {
            if (!cursor.TryPassString(out var member, out _) || !cursor.TryPass((byte)':'))
            {
                return value;
            }

            cursor.Peek();
            var start = cursor.Position;
            cursor.TryPassValue();
            if (member.SequenceEqual(name))
            {
                value = json[start..cursor.Position];
            }
        }
        while (cursor.TryPass((byte)','));

        return value;
    }
}
