using System.Buffers.Text;
using System.Text.Json;
using RpcStore.Digests;
using RpcStore.JsonRpc;

namespace RpcStore.Contract.Parameters;

public ref partial struct ParameterReader
{
    /// <summary>Bytes of text that names, ids and enum values are looked at in: an id of which every character is written as an escape fits.</summary>
    private const int ScratchLength = 6 * (BlobId.MaxTextLength + 1);

    /// <summary>Bytes that the shortest item of a list of ids takes: a SHA-256 id, its quotes and a comma.</summary>
    private const int MinIdItemLength = 64 + 2 + 1;

    /// <summary>Reads a string.</summary>
    /// <param name="minLength">Code points at the least.</param>
    /// <param name="maxLength">Code points at the most.</param>
    public readonly string ReadString(int minLength, int maxLength)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Throw("must be a string");
        }

        var text = Text();
        // A code point takes one or two characters, so most texts need no counting.
        if (text.Length < 2L * minLength || text.Length > maxLength)
        {
            CheckCodePoints(text, minLength, maxLength);
        }

        return text;
    }

    /// <summary>Reads a string that must match a pattern.</summary>
    /// <param name="minLength">Code points at the least.</param>
    /// <param name="maxLength">Code points at the most.</param>
    /// <param name="matches">The pattern as code.</param>
    /// <param name="pattern">The pattern as the contract has it.</param>
    public readonly string ReadString(int minLength, int maxLength, PatternTest matches, string pattern)
    {
        var text = ReadString(minLength, maxLength);
        if (!matches(text))
        {
            Throw($"must match {pattern}");
        }

        return text;
    }

    /// <summary>Reads a list of anything but ids.</summary>
    /// <param name="minItems">Items at the least.</param>
    /// <param name="maxItems">Items at the most.</param>
    /// <param name="readItem">Reads the item that the reader stands on.</param>
    public T[] ReadList<T>(int minItems, int maxItems, ItemReading<T> readItem)
    {
        var start = BeginArray();
        var items = new List<T>();
        while (NextItem())
        {
            items.Add(readItem(ref this));
            CheckCount(start, items.Count, 0, maxItems);
        }

        CheckCount(start, items.Count, minItems, maxItems);
        return [.. items];
    }

    /// <summary>Reads one of a few strings.</summary>
    /// <param name="values">The strings, in the order of the enum's members.</param>
    /// <returns>The index of the one that it is.</returns>
    public readonly int ReadEnum(EnumTable values)
    {
        Span<byte> scratch = stackalloc byte[ScratchLength];
        var index = reader.TokenType == JsonTokenType.String && TryGetShortText(scratch, out var text) ? values.IndexOf(text) : -1;
        if (index < 0)
        {
            Throw($"must be one of {values}");
        }

        return index;
    }

    /// <summary>Reads an integer, written without fraction and exponent.</summary>
    /// <param name="minimum">The least.</param>
    /// <param name="maximum">The most.</param>
    public readonly long ReadInteger(long minimum, long maximum)
    {
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
        {
            number = 0;
            Throw("must be an integer of at most 64 bits");
        }

        if (number < minimum)
        {
            Throw($"must be at least {minimum}");
        }

        if (number > maximum)
        {
            Throw($"must be at most {maximum}");
        }

        return number;
    }

    /// <summary>Reads true or false.</summary>
    public readonly bool ReadBoolean()
    {
        if (reader.TokenType is not (JsonTokenType.True or JsonTokenType.False))
        {
            Throw("must be true or false");
        }

        return reader.TokenType == JsonTokenType.True;
    }

    /// <summary>Reads a moment: an RFC 3339 string with any offset.</summary>
    public readonly DateTimeOffset ReadTime()
    {
        if (reader.TokenType != JsonTokenType.String || !TryGetTime(out var time))
        {
            time = default;
            Throw("must be an RFC 3339 time such as \"2026-11-21T09:00:00Z\"");
        }

        return time;
    }

    /// <summary>Reads bytes: base64 of RFC 4648 section 4, padded.</summary>
    public readonly ReadOnlyMemory<byte> ReadBytes()
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueSpan.ContainsAny(" \t\r\n\\"u8) && reader.TryGetBytesFromBase64(out var bytes))
        {
            return bytes;
        }

        // Some writers escape a slash or a plus sign. They are rare, so the text is unescaped first and then looked at.
        if (reader.TokenType == JsonTokenType.String && reader.ValueIsEscaped)
        {
            var text = Text();
            var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
            if (!text.AsSpan().ContainsAny(" \t\r\n") && Convert.TryFromBase64String(text, decoded, out var written))
            {
                return decoded.AsMemory(0, written);
            }
        }

        Throw("must be base64 (RFC 4648 section 4, padded)");
        return default;
    }

    /// <summary>Reads a blob's id.</summary>
    public readonly BlobId ReadBlobId()
    {
        if (reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && BlobId.TryParse(reader.ValueSpan, out var id))
        {
            return id;
        }

        return ReadUnusualBlobId();
    }

    /// <summary>Reads a list of ids.</summary>
    /// <param name="minItems">Ids at the least.</param>
    /// <param name="maxItems">Ids at the most.</param>
    public ReadOnlyMemory<BlobId> ReadBlobIds(int minItems, int maxItems)
    {
        var start = BeginArray();
        // What is left of the text says how many ids can follow, so one array is enough and is made to measure.
        var most = ((json.Length - reader.TokenStartIndex) / MinIdItemLength) + 1;
        var ids = GC.AllocateUninitializedArray<BlobId>((int)Math.Min(most, maxItems));
        var count = 0;
        while (NextItem())
        {
            if (count == ids.Length)
            {
                // Either one too many, or an item that is too short to be an id.
                ReadBlobId();
                ThrowAt(start, $"must have at most {maxItems} items");
            }

            // Straight into its place: an id is large to be handed on.
            if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || !BlobId.TryParse(reader.ValueSpan, out ids[count]))
            {
                ids[count] = ReadUnusualBlobId();
            }

            count++;
        }

        CheckCount(start, count, minItems, maxItems);
        return ids.AsMemory(0, count);
    }

    /// <summary>Reads the token of progress notifications.</summary>
    public readonly ProgressToken ReadProgressToken()
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            return new ProgressToken(Text());
        }

        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out var number))
        {
            number = 0;
            Throw("must be a string or an integer of at most 64 bits");
        }

        return new ProgressToken(number);
    }

    /// <summary>Begins the array that the reader stands on.</summary>
    /// <returns>Where it starts, for <see cref="CheckCount"/>.</returns>
    public readonly long BeginArray()
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            Throw("must be an array");
        }

        return reader.TokenStartIndex;
    }

    /// <summary>Moves to the next item of the array.</summary>
    /// <returns>False after the last.</returns>
    public bool NextItem()
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    /// <summary>Checks the length of an array that was read.</summary>
    /// <param name="start">What <see cref="BeginArray"/> gave.</param>
    /// <param name="count">The items read.</param>
    /// <param name="minItems">Items at the least.</param>
    /// <param name="maxItems">Items at the most.</param>
    public readonly void CheckCount(long start, int count, int minItems, int maxItems)
    {
        if (count < minItems)
        {
            ThrowAt(start, $"must have at least {minItems} items");
        }

        if (count > maxItems)
        {
            ThrowAt(start, $"must have at most {maxItems} items");
        }
    }

    private readonly BlobId ReadUnusualBlobId()
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            Throw("must be a string: a blob id");
        }

        Span<byte> scratch = stackalloc byte[ScratchLength];
        if (!TryGetShortText(scratch, out var text))
        {
            Throw($"is longer than the {BlobId.MaxTextLength} characters of the longest blob id");
        }

        if (!BlobId.TryParse(text, out var id))
        {
            Throw($"must be a blob id; {BlobId.Explain(text)}");
        }

        return id;
    }

    /// <summary>The text of a name or string, unescaped; false when it is too long to be anything known, or no text at all.</summary>
    private readonly bool TryGetShortText(Span<byte> scratch, out ReadOnlySpan<byte> text)
    {
        text = reader.ValueSpan;
        if (text.Length > scratch.Length)
        {
            return false;
        }

        if (reader.ValueIsEscaped)
        {
            try
            {
                text = scratch[..reader.CopyString(scratch)];
            }
            catch (InvalidOperationException)
            {
                // Half a surrogate pair, or bytes that are not UTF-8.
                return false;
            }
        }

        return true;
    }

    private readonly string Text()
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            Throw("must be text: it has half a surrogate pair, or bytes that are not UTF-8");
            return "";
        }
    }

    private readonly bool TryGetTime(out DateTimeOffset time)
    {
        // The framework takes dates without a time or an offset too; RFC 3339 section 5.6 wants both, and upper case is usual.
        var text = Text();
        time = default;
        return text.Length >= "2026-11-21T09:00:00Z".Length
            && text[10] == 'T'
            && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && reader.TryGetDateTimeOffset(out time);
    }

    private readonly void CheckCodePoints(string text, int minLength, int maxLength)
    {
        var length = CountCodePoints(text);
        if (length < minLength)
        {
            Throw($"must have at least {minLength} characters");
        }

        if (length > maxLength)
        {
            Throw($"must have at most {maxLength} characters");
        }
    }

    private static int CountCodePoints(string text)
    {
        var count = 0;
        foreach (var c in text)
        {
            count += char.IsLowSurrogate(c) ? 0 : 1;
        }

        return count;
    }
}
