using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Core.Blobs.Tar;
using RpcStore.Core.Disk;
using RpcStore.JsonRpc;
using RpcStore.Server.Endpoints;
using RpcStore.Server.Journaling;
using BatchEntryStatus = RpcStore.Core.Blobs.Tar.BatchEntryStatus;

namespace RpcStore.Server.Web;

/// <summary>
/// A tar batch in, a result for every entry out (spec/tar-batch.md, section 3). The answer can be longer than memory should
/// hold, and cannot be sent before the batch was read: many clients read nothing until they have sent everything. So it
/// waits in memory while it is short, and in a file of the data directory when it gets long.
/// </summary>
/// <param name="ingest">Stores the batch.</param>
/// <param name="journal">Where the upload is recorded before it is answered.</param>
/// <param name="spoolFolder">Where long answers wait.</param>
internal sealed class BatchUpload(BatchIngest ingest, ActionJournal journal, string spoolFolder)
{
    private const int MemoryBytes = 256 << 10;

    /// <summary>Stores the body of a request and answers it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="progress">Told as entries come.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>What became of the batch.</returns>
    public async Task<BatchOutcome> RunAsync(HttpContext context, Action<int, long> progress, CancellationToken cancellationToken)
    {
        context.AllowAnyBodySize();
        await using var results = new FileBufferingWriteStream(MemoryBytes, bufferLimit: null, tempFileDirectoryAccessor: () => spoolFolder);
        using var sink = new Sink(results);
        var action = context.GetAction();
        var outcome = await ingest.RunAsync(
            context.Request.Body,
            sink,
            (blobs, bytes) =>
            {
                action.CountIn(blobs, bytes);
                progress(blobs, bytes);
            },
            cancellationToken);
        action.Detail = $"{outcome.Stored} stored, {outcome.Existing} existing, {outcome.Failed} failed";
        if (sink.Failure is { } unkept)
        {
            // Without the outcomes there is no answer that tells what was stored: an error alone does not look like one.
            throw unkept;
        }

        if (outcome.Error is { } failure)
        {
            await journal.RecordAsync(action, failure);
        }
        else
        {
            await journal.RecordAsync(action);
        }

        await AnswerAsync(context.Response, outcome, results, cancellationToken);
        return outcome;
    }

    private static async Task AnswerAsync(
        HttpResponse response, BatchOutcome outcome, FileBufferingWriteStream results, CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        var output = response.BodyWriter;
        WriteCounts(output, outcome);
        if (outcome.Error is { } reason)
        {
            var error = ErrorMapper.Map(reason);
            ErrorResponse.SetHead(response, error);
            output.Write("\"error\":"u8);
            WriteError(output, error);
            output.Write(","u8);
        }

        output.Write("\"results\":["u8);
        await results.DrainBufferAsync(output, cancellationToken);
        output.Write("]}\n"u8);
        await output.FlushAsync(cancellationToken);
    }

    private static void WriteCounts(IBufferWriter<byte> output, BatchOutcome outcome)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { SkipValidation = true });
        json.WriteStartObject();
        json.WriteNumber("stored"u8, outcome.Stored);
        json.WriteNumber("existing"u8, outcome.Existing);
        json.WriteNumber("failed"u8, outcome.Failed);
        json.WriteNumber("bytes"u8, outcome.Bytes);
        json.Flush();
        output.Write(","u8);
    }

    private static void WriteError(IBufferWriter<byte> output, RpcError error)
    {
        using var json = new Utf8JsonWriter(output);
        ErrorJson.Write(error).WriteTo(json);
    }

    /// <summary>Writes results as members of a JSON array.</summary>
    private sealed class Sink(Stream results) : IBatchOutcomeSink, IDisposable
    {
        private readonly ArrayBufferWriter<byte> buffer = new();
        private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { SkipValidation = true });
        private bool isFirst = true;

        /// <summary>Why the outcomes could not be kept until they are sent.</summary>
        public StoreException? Failure { get; private set; }

        public async ValueTask WriteAsync(ReadOnlyMemory<BatchEntryOutcome> outcomes, CancellationToken cancellationToken)
        {
            for (var i = 0; i < outcomes.Length; i++)
            {
                Append(outcomes.Span[i]);
                if (buffer.WrittenCount >= MemoryBytes)
                {
                    await SpoolAsync(cancellationToken);
                }
            }

            await SpoolAsync(cancellationToken);
        }

        public void Dispose() => json.Dispose();

        private async ValueTask SpoolAsync(CancellationToken cancellationToken)
        {
            try
            {
                await results.WriteAsync(buffer.WrittenMemory, cancellationToken);
            }
            catch (Exception e) when (DiskFailure.Explain(e) is { } disk)
            {
                // Not the sender's connection, which an exception of this kind stands for otherwise.
                Failure = disk;
                throw disk;
            }

            buffer.ResetWrittenCount();
        }

        private void Append(in BatchEntryOutcome outcome)
        {
            if (!isFirst)
            {
                buffer.Write(","u8);
            }

            isFirst = false;
            json.Reset(buffer);
            JsonSerializer.Serialize(json, ToWire(outcome), ContractJson.Default.BatchEntryResult);
            json.Flush();
        }

        private static BatchEntryResult ToWire(in BatchEntryOutcome outcome) => new()
        {
            Id = outcome.Entry.DisplayName,
            Size = outcome.Entry.Size,
            Status = outcome.Status switch
            {
                BatchEntryStatus.Stored => Contract.BatchEntryStatus.Stored,
                BatchEntryStatus.Existing => Contract.BatchEntryStatus.Existing,
                BatchEntryStatus.Mismatch => Contract.BatchEntryStatus.Mismatch,
                BatchEntryStatus.Invalid => Contract.BatchEntryStatus.Invalid,
                _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Status, "Not a status of an entry."),
            },
            Reason = outcome.Reason,
        };
    }
}
