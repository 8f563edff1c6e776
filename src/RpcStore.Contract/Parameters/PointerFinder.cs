using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RpcStore.Contract.Parameters;

/// <summary>Works out the JSON Pointer (RFC 6901) of a place in a text that was read forward without keeping track.</summary>
internal static class PointerFinder
{
    /// <summary>Characters of a member's name that a pointer repeats at the most: the name may be a caller's own invention.</summary>
    private const int MaxNameLength = 100;

    /// <summary>Finds the pointer of a value.</summary>
    /// <param name="json">The whole text.</param>
    /// <param name="tokenStart">Where the value's first token starts, in bytes.</param>
    /// <param name="positions">The names of a top-level array's items, if it stands for parameters by position.</param>
    public static string Find(ReadOnlySpan<byte> json, long tokenStart, ParameterTable? positions)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 1024 });
        var path = new Stack<Level>();
        while (reader.Read())
        {
            path.TryPeek(out var container);
            switch (reader.TokenType)
            {
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Pop();
                    continue;
                case JsonTokenType.PropertyName:
                    container!.Name = ReadName(ref reader);
                    continue;
            }

            if (container is not null)
            {
                container.Index++;
            }

            if (reader.TokenStartIndex >= tokenStart)
            {
                break;
            }

            if (reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
            {
                path.Push(new Level());
            }
        }

        return Write(path, positions);
    }

    private static string Write(Stack<Level> path, ParameterTable? positions)
    {
        var pointer = new StringBuilder();
        foreach (var level in path.Reverse())
        {
            var name = level.Name
                ?? (pointer.Length == 0 && positions is not null && level.Index < positions.Names.Count
                    ? positions.Names[level.Index]
                    : level.Index.ToString(CultureInfo.InvariantCulture));
            pointer.Append('/').Append(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
        }

        return pointer.ToString();
    }

    private static string ReadName(ref Utf8JsonReader reader)
    {
        try
        {
            var name = reader.GetString()!;
            return name.Length <= MaxNameLength ? name : string.Concat(name.AsSpan(0, MaxNameLength), "…");
        }
        catch (InvalidOperationException)
        {
            // A name with half a surrogate pair or broken UTF-8 has no text; its place is told all the same.
            return "\uFFFD";
        }
    }

    /// <summary>How far an object or array that is not closed yet was read.</summary>
    private sealed class Level
    {
        /// <summary>Of the last value.</summary>
        public int Index { get; set; } = -1;

        /// <summary>Of the last member; null in an array.</summary>
        public string? Name { get; set; }
    }
}
