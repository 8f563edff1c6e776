using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using RpcStore.Digests;

namespace RpcStore.Cli.Input;

/// <summary>
/// Reads ids from text, one a line, as they come: a million of them need no more memory than one. Empty lines and white space
/// around an id are passed over, and so is what follows the first tab or blank, so that what <c>blobs list</c> prints can be
/// given to another command as it is.
/// </summary>
internal static class IdReader
{
    // An id has 72 characters at the most, and behind it a name may stand, as in the output of sha256sum.
    private const int LongestLine = 8 << 10;

    /// <summary>The ids of arguments.</summary>
    /// <exception cref="UsageException">One is no id.</exception>
    public static IReadOnlyList<BlobId> Parse(IEnumerable<string> arguments) => [.. arguments.Select(Parse)];

    /// <summary>An id that is an argument.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static BlobId Parse(string argument) =>
        BlobId.TryParse(argument, out var id) ? id : throw new UsageException(Explain(Encoding.UTF8.GetBytes(argument), where: ""));

    /// <summary>The ids of a text.</summary>
    /// <param name="text">Read to its end; not disposed.</param>
    /// <param name="name">What a person calls it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UsageException">A line is no id; the message has its number.</exception>
    public static async IAsyncEnumerable<BlobId> ReadAsync(
        Stream text, string name, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = PipeReader.Create(text, new StreamPipeReaderOptions(bufferSize: 64 << 10, leaveOpen: true));
        var ids = new List<BlobId>();
        var number = 0L;
        for (var isLast = false; !isLast;)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            isLast = read.IsCompleted;
            var rest = TakeLines(read.Buffer, isLast, name, ref number, ids);
            foreach (var id in ids)
            {
                yield return id;
            }

            ids.Clear();
            reader.AdvanceTo(rest.Start, rest.End);
        }

        await reader.CompleteAsync().ConfigureAwait(false);
    }

    private static ReadOnlySequence<byte> TakeLines(
        ReadOnlySequence<byte> buffer, bool isLast, string name, ref long number, List<BlobId> ids)
    {
        while (buffer.PositionOf((byte)'\n') is { } end)
        {
            TakeLine(buffer.Slice(0, end), name, ++number, ids);
            buffer = buffer.Slice(buffer.GetPosition(1, end));
        }

        if (isLast || buffer.Length > LongestLine)
        {
            TakeLine(buffer, name, ++number, ids);
            buffer = buffer.Slice(buffer.End);
        }

        return buffer;
    }

    private static void TakeLine(in ReadOnlySequence<byte> line, string name, long number, List<BlobId> ids)
    {
        if (line.Length > LongestLine)
        {
            throw new UsageException($"{name}, line {number}: it is longer than {LongestLine} bytes; ids come one a line");
        }

        var text = (line.IsSingleSegment ? line.FirstSpan : line.ToArray()).Trim(" \t\r"u8);
        var end = text.IndexOfAny(" \t"u8);
        var word = end < 0 ? text : text[..end];
        if (word.IsEmpty)
        {
            return;
        }

        ids.Add(BlobId.TryParse(word, out var id) ? id : throw new UsageException(Explain(word, $"{name}, line {number}: ")));
    }

    private static string Explain(ReadOnlySpan<byte> word, string where)
    {
        const int MostShown = 100;
        var shown = Encoding.UTF8.GetString(word);
        shown = shown.Length <= MostShown ? shown : shown[..MostShown] + "…";
        return $"{where}'{shown}' is no blob id: {BlobId.Explain(word)}";
    }
}
