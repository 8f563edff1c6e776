using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RpcStore.ContractTest.Running;

/// <summary>Calls in one role, and gives up when there is no sense in going on. For one call at a time.</summary>
/// <param name="candidate">Who.</param>
/// <param name="timeout">How long an answer may take.</param>
internal sealed class Caller(Candidate candidate, TimeSpan timeout)
{
    // A server that leaves this many calls in succession without an answer will not answer the others either; each that it
    // keeps waiting costs the whole timeout.
    private const int MostSilences = 3;
    private const int MostFailures = 10;

    private long lastId;
    private int silences;
    private int failures;

    /// <summary>Who calls.</summary>
    public Candidate Candidate => candidate;

    /// <summary>Why this caller calls no more; null while they do.</summary>
    public string? Lost { get; private set; }

    /// <summary>What led to that, where it was the connection or the credential.</summary>
    public Exception? LostBy { get; private set; }

    /// <summary>Makes a request.</summary>
    /// <param name="method">The method.</param>
    /// <param name="parameters">Its parameters.</param>
    public (long Id, byte[] Message) Write(string method, JsonObject parameters)
    {
        var id = ++lastId;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc"u8, "2.0"u8);
            writer.WriteNumber("id"u8, id);
            writer.WriteString("method"u8, method);
            writer.WritePropertyName("params"u8);
            parameters.WriteTo(writer);
            writer.WriteEndObject();
        }

        return (id, buffer.WrittenSpan.ToArray());
    }

    /// <inheritdoc cref="CallAsync(long, byte[], CancellationToken)"/>
    public Task<Answer> CallAsync(string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        var (id, message) = Write(method, parameters);
        return CallAsync(id, message, cancellationToken);
    }

    /// <summary>Calls, and waits for the answer.</summary>
    /// <exception cref="CallFailedException">There was none, or none that is a response.</exception>
    /// <exception cref="OperationCanceledException">The test is to end.</exception>
    public async Task<Answer> CallAsync(long id, byte[] message, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(timeout);
        try
        {
            var answer = Understand(id, message, await candidate.Messages.ExchangeAsync(message, patience.Token));
            (silences, failures) = (0, 0);
            return answer;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            silences++;
            throw Fail($"no answer within {timeout.TotalSeconds:0.###} seconds", e);
        }
        catch (CallerLostException e)
        {
            (Lost, LostBy) = (e.Message, e.InnerException);
            throw Fail(e.Message, e);
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw Fail(e.Message, e);
        }
    }

    private static Answer Understand(long id, byte[] message, ReadOnlyMemory<byte> received)
    {
        try
        {
            return new Answer(message, received, Reply.Read(received, id));
        }
        catch (InvalidDataException e)
        {
            throw new StrangeAnswerException(e.Message, Encoding.UTF8.GetString(received.Span));
        }
    }

    private CallFailedException Fail(string reason, Exception cause)
    {
        if (++failures >= MostFailures || silences >= MostSilences)
        {
            Lost ??= $"the server left {failures} calls in succession without an answer";
        }

        return new CallFailedException(reason, (cause as StrangeAnswerException)?.Received, cause);
    }

    /// <summary>Something came that is no answer.</summary>
    private sealed class StrangeAnswerException(string message, string received) : IOException(message)
    {
        public string Received { get; } = received;
    }
}
