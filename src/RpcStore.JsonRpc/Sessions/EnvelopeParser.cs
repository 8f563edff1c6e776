using System.Text.Json;
using System.Text.Unicode;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>Reads the envelopes of messages in one pass, which also proves that the whole message is well-formed JSON.</summary>
internal static class EnvelopeParser
{
    private const string TooDeep = "The message nests deeper than maxMessageDepth allows.";

    /// <summary>Reads a message; of a batch only its kind, once all of it is known to be JSON.</summary>
    /// <param name="message">The text of one JSON value.</param>
    /// <param name="maxDepth">Levels of arrays and objects that are allowed.</param>
    public static Envelope Parse(ReadOnlySpan<byte> message, int maxDepth)
    {
        if (!Utf8.IsValid(message))
        {
            return Envelope.Unusable(EnvelopeKind.Broken, "The message is not UTF-8.");
        }

        var cursor = new JsonCursor(message, maxDepth);
        var first = cursor.Peek();
        var envelope = first == '{'
            ? ParseObject(message, ref cursor)
            : ParseOther(first, ref cursor);
        var wasPassed = envelope.Kind != EnvelopeKind.Broken && !cursor.IsTooDeep;
        if (wasPassed && (cursor.Peek() != 0 || cursor.Position < message.Length))
        {
            return Envelope.Unusable(EnvelopeKind.Broken, "Something follows the value.");
        }

        return envelope;
    }

    /// <summary>Counts the members of a batch, which <see cref="Parse"/> has seen.</summary>
    public static int CountMembers(ReadOnlySpan<byte> batch)
    {
        var count = 0;
        for (var position = 0; TryNextMember(batch, ref position, out _);)
        {
            count++;
        }

        return count;
    }

    /// <summary>Cuts the next member out of a batch, which <see cref="Parse"/> has seen.</summary>
    /// <param name="batch">The text of the array.</param>
    /// <param name="position">0 before the first member; moved behind the member.</param>
    /// <param name="member">The text of the member.</param>
    /// <returns>False when there is no further one.</returns>
    public static bool TryNextMember(ReadOnlySpan<byte> batch, ref int position, out ReadOnlySpan<byte> member)
    {
        var cursor = new JsonCursor(batch[position..], int.MaxValue);

        // A member comes after the opening bracket or after a comma; nothing else can stand here.
        cursor.Peek();
        var separator = batch[position + cursor.Position];
        if (separator == ']' || !cursor.TryPass(separator) || cursor.Peek() == ']')
        {
            member = default;
            return false;
        }

        var start = position + cursor.Position;
        cursor.TryPassValue();
        position += cursor.Position;
        member = batch[start..position];
        return true;
    }

    private static Envelope ParseOther(byte first, scoped ref JsonCursor cursor)
    {
        if (!cursor.TryPassValue())
        {
            return Refuse(cursor);
        }

        return first == '['
            ? new Envelope { Kind = EnvelopeKind.Batch }
            : Envelope.Unusable(EnvelopeKind.Invalid, "A message is an object or an array.");
    }

    private static Envelope ParseObject(ReadOnlySpan<byte> text, scoped ref JsonCursor cursor)
    {
        var members = default(Members);
        if (!cursor.TryOpen((byte)'{'))
        {
            return Refuse(cursor);
        }

        if (cursor.TryClose((byte)'}'))
        {
            return members.ToEnvelope();
        }

        do
        {
            if (!cursor.TryPassString(out var name, out var isEscaped) || !cursor.TryPass((byte)':'))
            {
                return Refuse(cursor);
            }

            cursor.Peek();
            var start = cursor.Position;
            if (!cursor.TryPassValue())
            {
                return Refuse(cursor);
            }

            members.Set(isEscaped ? Unescape(name) : name, text[start..cursor.Position]);
        }
        while (cursor.TryPass((byte)','));

        return cursor.TryClose((byte)'}') ? members.ToEnvelope() : Refuse(cursor);
    }

    private static Envelope Refuse(scoped in JsonCursor cursor) =>
        cursor.IsTooDeep
            ? Envelope.Unusable(EnvelopeKind.Invalid, TooDeep)
            : Envelope.Unusable(EnvelopeKind.Broken, $"The message is not JSON at byte {cursor.Position}.");

    /// <summary>Resolves the escapes in the content of a string; hardly anybody sends names that need it.</summary>
    private static byte[] Unescape(ReadOnlySpan<byte> content)
    {
        var quoted = new byte[content.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        content.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var plain = new byte[content.Length];
        return plain[..reader.CopyString(plain)];
    }

    /// <summary>The values of the members that count, as they are written. A later one replaces an earlier.</summary>
    private ref struct Members
    {
        private ReadOnlySpan<byte> version;
        private ReadOnlySpan<byte> id;
        private ReadOnlySpan<byte> method;
        private ReadOnlySpan<byte> parameters;
        private ReadOnlySpan<byte> result;
        private ReadOnlySpan<byte> error;

        public void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
        {
            switch (name.Length)
            {
                case 2 when name.SequenceEqual("id"u8):
                    id = value;
                    break;
                case 5 when name.SequenceEqual("error"u8):
                    error = value;
                    break;
                case 6 when name.SequenceEqual("method"u8):
                    method = value;
                    break;
                case 6 when name.SequenceEqual("params"u8):
                    parameters = value;
                    break;
                case 6 when name.SequenceEqual("result"u8):
                    result = value;
                    break;
                case 7 when name.SequenceEqual("jsonrpc"u8):
                    version = value;
                    break;
            }
        }

        public readonly Envelope ToEnvelope()
        {
            if (method.IsEmpty && !(result.IsEmpty && error.IsEmpty))
            {
                return ToResponse();
            }

            if (FindFault() is { } fault)
            {
                return Envelope.Unusable(EnvelopeKind.Invalid, fault);
            }

            return new Envelope
            {
                Kind = id.IsEmpty ? EnvelopeKind.Notification : EnvelopeKind.Request,
                Id = id,
                Method = StringContent(method),
                Parameters = parameters,
            };
        }

        private readonly Envelope ToResponse() => new()
        {
            Kind = EnvelopeKind.Response,
            Id = id,
            Result = result,
            Error = error.SequenceEqual("null"u8) ? default : error,
        };

        private readonly string? FindFault()
        {
            if (!version.SequenceEqual("\"2.0\""u8) && !(IsString(version) && StringContent(version).SequenceEqual("2.0"u8)))
            {
                return "jsonrpc must be \"2.0\".";
            }

            if (!IsString(method))
            {
                return "method must be a string.";
            }

            if (!id.IsEmpty && id[0] is (byte)'{' or (byte)'[' or (byte)'t' or (byte)'f')
            {
                return "id must be a string, a number or null.";
            }

            return parameters.IsEmpty || parameters[0] is (byte)'{' or (byte)'['
                ? null
                : "params must be an object or an array.";
        }

        private static bool IsString(ReadOnlySpan<byte> value) => !value.IsEmpty && value[0] == '"';

        private static ReadOnlySpan<byte> StringContent(ReadOnlySpan<byte> value)
        {
            var content = value[1..^1];
            return content.Contains((byte)'\\') ? Unescape(content) : content;
        }
    }
}
