using System.Text;
using RpcStore.JsonRpc;
using RpcStore.JsonRpc.Channels;
using RpcStore.Tests.JsonRpc.Support;
using Xunit;

namespace RpcStore.Tests.JsonRpc.Channels;

/// <summary>The framing looks at 64 bytes at once; this compares it with a reading of the rules one byte at a time.</summary>
public sealed class JsonStreamFramingProperties
{
    private const string Alphabet = "{{[[]]}}\"\"\"\\\\,: \n\u0001ab1";

    [Fact]
    public void It_finds_the_ends_that_reading_byte_by_byte_finds_however_the_stream_is_cut()
    {
        for (var seed = 0; seed < 20_000; seed++)
        {
            var random = new Random(seed);
            var text = Encoding.ASCII.GetBytes(random.GetItems<char>(Alphabet, random.Next(1, 300)));

            Assert.Equal(ReadPlainly(text), Read(text, random));
        }
    }

    [Fact]
    public void It_finds_the_ends_of_well_formed_messages_however_they_are_cut()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var messages = Enumerable.Range(0, random.Next(1, 8)).Select(_ => RandomJson.Message(random)).ToList();
            var stream = Encoding.UTF8.GetBytes(string.Concat(messages.Select(message => message + " ")));

            Assert.Equal([.. messages, "rest:"], Read(stream, random));
        }
    }

    /// <summary>The messages, then how it ended: broken, or with how much of a message.</summary>
    private static List<string> Read(ReadOnlySpan<byte> stream, Random random)
    {
        var framing = new JsonStreamFraming(1 << 20);
        var messages = new List<string>();
        var partial = new List<byte>();
        try
        {
            while (!stream.IsEmpty)
            {
                var piece = stream[..random.Next(1, Math.Min(stream.Length, 150) + 1)];
                var step = framing.Read(piece);
                partial.AddRange(piece.Slice(step.Skipped, step.Taken));
                if (step.EndsMessage)
                {
                    messages.Add(Encoding.UTF8.GetString([.. partial]));
                    partial.Clear();
                }
                else
                {
                    Assert.Equal(piece.Length, step.Skipped + step.Taken);
                }

                stream = stream[(step.Skipped + step.Taken)..];
            }
        }
        catch (RpcFramingException)
        {
            return [.. messages, "broken"];
        }

        return [.. messages, "rest:" + Encoding.UTF8.GetString([.. partial])];
    }

    private static List<string> ReadPlainly(ReadOnlySpan<byte> stream)
    {
        var messages = new List<string>();
        var position = 0;
        while (true)
        {
            while (position < stream.Length && stream[position] is (byte)' ' or (byte)'\n')
            {
                position++;
            }

            var start = position;
            if (start == stream.Length)
            {
                return [.. messages, "rest:"];
            }

            switch (PassValue(stream, ref position))
            {
                case null:
                    return [.. messages, "rest:" + Encoding.UTF8.GetString(stream[start..])];
                case false:
                    return [.. messages, "broken"];
                default:
                    messages.Add(Encoding.UTF8.GetString(stream[start..position]));
                    break;
            }
        }
    }

    /// <returns>Whether it ended well; null when it has not ended.</returns>
    private static bool? PassValue(ReadOnlySpan<byte> stream, ref int position)
    {
        if (stream[position] == '1')
        {
            var length = stream[position..].IndexOfAnyExcept("ab1"u8);
            position += Math.Max(length, 0);
            return length < 0 ? null : true;
        }

        if (!"{[\""u8.Contains(stream[position]))
        {
            return false;
        }

        var open = new Stack<byte>();
        var isInString = false;
        var isEscaped = false;
        while (position < stream.Length)
        {
            var letter = stream[position++];
            var wasEscaped = isEscaped;
            isEscaped = letter == '\\' && !wasEscaped;
            if (isInString && letter < ' ')
            {
                return false;
            }

            if (letter == '"' && !wasEscaped)
            {
                isInString = !isInString;
            }
            else if (!isInString && letter is (byte)'{' or (byte)'[' && !isInString)
            {
                open.Push(letter);
            }
            else if (!isInString && letter is (byte)'}' or (byte)']' && !isInString)
            {
                if (open.Pop() != (letter == '}' ? '{' : '['))
                {
                    return false;
                }
            }

            if (open.Count == 0 && !isInString)
            {
                return true;
            }
        }

        return null;
    }
}
