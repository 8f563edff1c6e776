using System.Text.Json;
using RpcStore.Client.Http;
using RpcStore.Contract;
using RpcStore.JsonRpc;

namespace RpcStore.Client.Bulk;

/// <summary>
/// Reads the result of a batch (spec/tar-batch.md, section 3) from bytes as they come, an entry at a time: a million of them
/// need no more memory than one. For one caller at a time.
/// </summary>
internal sealed class BatchResultParser
{
    /// <summary>The longest entry or error that is believed; a name is cut after 256 characters, a reason is a sentence.</summary>
    public const int MaxValueBytes = 1 << 20;

    private JsonReaderState state;
    private Expect expect = Expect.Start;

    private enum Expect
    {
        Start,
        Member,
        Results,
        Entry,
        Error,
        Skipped,
        Nothing,
    }

    /// <summary>The error that ended the batch; null when none did, or when it has not come yet.</summary>
    public RpcError? Error { get; private set; }

    /// <summary>Whether the whole result was read.</summary>
    public bool IsComplete => expect == Expect.Nothing;

    /// <summary>Reads on.</summary>
    /// <param name="bytes">Bytes that begin where the last call stopped.</param>
    /// <param name="isLast">Whether no more come.</param>
    /// <param name="entries">Takes the entries that were read.</param>
    /// <returns>How many bytes were read; the rest must be given again, with more after it.</returns>
    /// <exception cref="InvalidDataException">The bytes are no result of a batch, or the result ends too early.</exception>
    public int Read(ReadOnlySpan<byte> bytes, bool isLast, List<BatchEntryResult> entries)
    {
        var reader = new Utf8JsonReader(bytes, isLast, state);
        try
        {
            while (TryReadStep(ref reader, entries))
            {
            }
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"The server's answer is no result of a batch: {e.Message}", e);
        }

        if (isLast && !IsComplete)
        {
            throw new InvalidDataException("The server's answer ended before the result of the batch did.");
        }

        if (bytes.Length - reader.BytesConsumed > MaxValueBytes)
        {
            throw new InvalidDataException($"The server's answer has a value of more than {MaxValueBytes} bytes.");
        }

        state = reader.CurrentState;
        return (int)reader.BytesConsumed;
    }

    /// <summary>Reads a token, or a whole entry; false when the bytes at hand do not hold one.</summary>
    private bool TryReadStep(ref Utf8JsonReader reader, List<BatchEntryResult> entries)
    {
        // A value that is read in one piece must be here in full, so nothing of it is taken before that is known.
        var probe = reader;
        if (!probe.Read())
        {
            return false;
        }

        if (expect is Expect.Entry or Expect.Error or Expect.Skipped && probe.TokenType != JsonTokenType.EndArray && !probe.TrySkip())
        {
            return false;
        }

        reader.Read();
        expect = expect switch
        {
            Expect.Start => Demand(reader.TokenType == JsonTokenType.StartObject, Expect.Member),
            Expect.Results => Demand(reader.TokenType == JsonTokenType.StartArray, Expect.Entry),
            Expect.Member => ReadMember(ref reader),
            Expect.Entry => ReadEntry(ref reader, entries),
            Expect.Error => ReadError(ref reader),
            Expect.Skipped => Skip(ref reader),
            _ => throw new JsonException("something follows its end"),
        };
        return true;
    }

    private static Expect ReadMember(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.EndObject ? Expect.Nothing
        : reader.ValueTextEquals("results"u8) ? Expect.Results
        : reader.ValueTextEquals("error"u8) ? Expect.Error
        : Expect.Skipped;

    private static Expect ReadEntry(ref Utf8JsonReader reader, List<BatchEntryResult> entries)
    {
        if (reader.TokenType == JsonTokenType.EndArray)
        {
            return Expect.Member;
        }

        var entry = JsonSerializer.Deserialize(ref reader, ContractJson.Default.BatchEntryResult);
        entries.Add(entry ?? throw new JsonException("an entry is null"));
        return Expect.Entry;
    }

    private Expect ReadError(ref Utf8JsonReader reader)
    {
        Error = HttpErrors.ReadError(ref reader);
        return Expect.Member;
    }

    private static Expect Skip(ref Utf8JsonReader reader)
    {
        reader.TrySkip();
        return Expect.Member;
    }

    private static Expect Demand(bool isRight, Expect next) =>
        isRight ? next : throw new JsonException("it has another shape");
}
