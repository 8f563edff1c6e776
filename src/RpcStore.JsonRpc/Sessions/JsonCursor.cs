using System.Buffers;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>
/// Goes once through the text of a JSON value (RFC 8259) and checks it, without making objects or throwing. Stricter in one
/// point: an escaped half of a surrogate pair is refused, because such a string cannot be read into anything. Whether the
/// bytes are UTF-8 is not checked here.
/// </summary>
internal ref struct JsonCursor(ReadOnlySpan<byte> text, int maxDepth)
{
    private static readonly SearchValues<byte> EndOfPlainText = SearchValues.Create(
        [(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private readonly ReadOnlySpan<byte> text = text;
    private int depth;

    /// <summary>Where it stands.</summary>
    public int Position { get; private set; }

    /// <summary>Whether the text was refused because it nests too deep, rather than because it is broken.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>Passes white space.</summary>
    /// <returns>The next byte; 0, which JSON never has, at the end.</returns>
    public byte Peek()
    {
        while (Position < text.Length)
        {
            var letter = text[Position];
            if (letter > ' ')
            {
                return letter;
            }

            if (letter is not ((byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t'))
            {
                return letter;
            }

            Position++;
        }

        return 0;
    }

    /// <summary>Passes white space and then one byte if it is the one given.</summary>
    public bool TryPass(byte expected)
    {
        if (Peek() != expected)
        {
            return false;
        }

        Position++;
        return true;
    }

    /// <summary>Passes the bracket that opens an array or object.</summary>
    public bool TryOpen(byte bracket)
    {
        if (!TryPass(bracket))
        {
            return false;
        }

        IsTooDeep = ++depth > maxDepth;
        return !IsTooDeep;
    }

    /// <summary>Passes the bracket that closes what was opened last.</summary>
    public bool TryClose(byte bracket)
    {
        if (!TryPass(bracket))
        {
            return false;
        }

        depth--;
        return true;
    }

    /// <summary>Passes a string; the cursor stands on its first quote.</summary>
    /// <param name="content">What is between the quotes, as it is written.</param>
    /// <param name="isEscaped">Whether there are escapes in it.</param>
    public bool TryPassString(out ReadOnlySpan<byte> content, out bool isEscaped)
    {
        isEscaped = false;
        content = default;
        if (Peek() != '"')
        {
            return false;
        }

        var start = ++Position;
        while (true)
        {
            var plain = text[Position..].IndexOfAny(EndOfPlainText);
            if (plain < 0)
            {
                return false;
            }

            Position += plain;
            switch (text[Position])
            {
                case (byte)'"':
                    content = text[start..Position];
                    Position++;
                    return true;

                case (byte)'\\':
                    isEscaped = true;
                    if (!TryPassEscape())
                    {
                        return false;
                    }

                    break;

                default:
                    return false;
            }
        }
    }

    /// <summary>Passes one value of any kind, and the white space before it.</summary>
    public bool TryPassValue()
    {
        switch (Peek())
        {
            case (byte)'{':
                return TryPassObject();
            case (byte)'[':
                return TryPassArray();
            case (byte)'"':
                return TryPassString(out _, out _);
            case (byte)'t':
                return TryPassLiteral("true"u8);
            case (byte)'f':
                return TryPassLiteral("false"u8);
            case (byte)'n':
                return TryPassLiteral("null"u8);
            default:
                return TryPassNumber();
        }
    }

    private bool TryPassObject()
    {
        if (!TryOpen((byte)'{'))
        {
            return false;
        }

        if (TryClose((byte)'}'))
        {
            return true;
        }

        do
        {
            if (!TryPassString(out _, out _) || !TryPass((byte)':') || !TryPassValue())
            {
                return false;
            }
        }
        while (TryPass((byte)','));

        return TryClose((byte)'}');
    }

    private bool TryPassArray()
    {
        if (!TryOpen((byte)'['))
        {
            return false;
        }

        if (TryClose((byte)']'))
        {
            return true;
        }

        do
        {
            if (!TryPassValue())
            {
                return false;
            }
        }
        while (TryPass((byte)','));

        return TryClose((byte)']');
    }

    private bool TryPassLiteral(ReadOnlySpan<byte> literal)
    {
        if (!text[Position..].StartsWith(literal))
        {
            return false;
        }

        Position += literal.Length;
        return true;
    }

    private bool TryPassNumber()
    {
        if (At(Position) == '-')
        {
            Position++;
        }

        if (At(Position) == '0')
        {
            Position++;
        }
        else if (!TryPassDigits())
        {
            return false;
        }

        if (At(Position) == '.')
        {
            Position++;
            if (!TryPassDigits())
            {
                return false;
            }
        }

        if ((At(Position) | 0x20) != 'e')
        {
            return true;
        }

        Position++;
        if (At(Position) is (byte)'+' or (byte)'-')
        {
            Position++;
        }

        return TryPassDigits();
    }

    private bool TryPassDigits()
    {
        var start = Position;
        while (At(Position) is >= (byte)'0' and <= (byte)'9')
        {
            Position++;
        }

        return Position > start;
    }

    /// <summary>Passes an escape; the cursor stands on its backslash.</summary>
    private bool TryPassEscape()
    {
        var kind = At(Position + 1);
        if (kind is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t')
        {
            Position += 2;
            return true;
        }

        if (!TryPassUnicodeEscape(out var unit))
        {
            return false;
        }

        return !char.IsSurrogate(unit)
            || (char.IsHighSurrogate(unit) && TryPassUnicodeEscape(out var second) && char.IsLowSurrogate(second));
    }

    private bool TryPassUnicodeEscape(out char unit)
    {
        const int Length = 6;
        unit = default;
        if (text.Length - Position < Length || text[Position] != '\\' || text[Position + 1] != 'u')
        {
            return false;
        }

        Span<byte> value = stackalloc byte[2];
        if (Convert.FromHexString(text.Slice(Position + 2, 4), value, out _, out _) != OperationStatus.Done)
        {
            return false;
        }

        unit = (char)((value[0] << 8) | value[1]);
        Position += Length;
        return true;
    }

    private readonly byte At(int position) => position < text.Length ? text[position] : (byte)0;
}
