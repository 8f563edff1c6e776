using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Running;

namespace RpcStore.ContractTest.Validation;

/// <summary>
/// The answers of a test, gathered into one JSON document that is held against one schema at the end. What would make it too
/// large is validated at once, by itself, and not kept.
/// </summary>
/// <param name="document">Has the schemas.</param>
internal sealed class Recording(ContractDocument document)
{
    /// <summary>Bytes of one answer that is kept: the largest that a contract like ours gives is its own document, a third of this.</summary>
    public const int LargestAnswer = 1 << 20;

    /// <summary>Bytes that are kept together.</summary>
    public const int LargestRecord = 32 << 20;

    private readonly RecordSchema schema = new(document);
    private readonly List<(CaseRun Run, string Definition)> entries = [];
    private readonly MemoryStream record = NewRecord();

    /// <summary>Keeps an answer that has a result.</summary>
    /// <param name="run">The case that it is of.</param>
    /// <param name="method">The method; null when the document does not have it, and the result may be anything.</param>
    /// <param name="answer">The text.</param>
    public void AddResult(CaseRun run, DocumentMethod? method, ReadOnlyMemory<byte> answer) => Add(run, schema.ResultOf(method), answer);

    /// <summary>Keeps an answer that is an error.</summary>
    /// <param name="run">The case that it is of.</param>
    /// <param name="error">Which error.</param>
    /// <param name="answer">The text.</param>
    public void AddError(CaseRun run, DocumentError error, ReadOnlyMemory<byte> answer) => Add(run, schema.ErrorOf(error), answer);

    /// <summary>Holds all that was kept against its schemas. Cases with answers that do not fit fail.</summary>
    public void Validate()
    {
        record.Write("]}"u8);
        Validate(entries, record);
    }

    private static MemoryStream NewRecord()
    {
        var stream = new MemoryStream();
        stream.Write("{\"answers\":["u8);
        return stream;
    }

    private void Add(CaseRun run, string definition, ReadOnlyMemory<byte> answer)
    {
        if (answer.Length > LargestAnswer || record.Length + answer.Length > LargestRecord)
        {
            using var alone = NewRecord();
            alone.Write(answer.Span);
            alone.Write("]}"u8);
            Validate([(run, definition)], alone);
            return;
        }

        if (entries.Count > 0)
        {
            record.WriteByte((byte)',');
        }

        record.Write(answer.Span);
        entries.Add((run, definition));
    }

    private void Validate(IReadOnlyList<(CaseRun Run, string Definition)> answers, MemoryStream text)
    {
        var faults = RecordValidator.Validate(schema.Compose([.. answers.Select(answer => answer.Definition)]), text.GetBuffer().AsMemory(0, (int)text.Length));
        foreach (var (index, fault) in faults)
        {
            answers[index].Run.Fail("the answer does not fit its schema: " + fault);
        }
    }
}
