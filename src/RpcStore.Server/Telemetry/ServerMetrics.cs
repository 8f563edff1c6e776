using System.Diagnostics;
using System.Diagnostics.Metrics;
using RpcStore.Server.Journaling;

namespace RpcStore.Server.Telemetry;

/// <summary>
/// What the server counts and measures (spec/telemetry.md). Names follow the conventions of OpenTelemetry. Safe to use from
/// any thread.
/// </summary>
internal sealed class ServerMetrics : IDisposable
{
    /// <summary>The name under which a collector finds the instruments.</summary>
    public const string Name = "RpcStore";

    private const string DirectionTag = "direction";

    private static readonly KeyValuePair<string, object?> In = new(DirectionTag, "in");
    private static readonly KeyValuePair<string, object?> Out = new(DirectionTag, "out");

    // From a call that finds its answer in memory to one that waits for disks.
    private static readonly double[] Seconds = [0.00002, 0.0001, 0.0005, 0.002, 0.01, 0.05, 0.2, 1, 5, 30];

    private readonly Meter meter = new(Name);
    private readonly Histogram<double> calls;
    private readonly Counter<long> blobs;
    private readonly Counter<long> bytes;

    /// <summary>Makes the instruments of what is counted as it happens.</summary>
    public ServerMetrics()
    {
        calls = meter.CreateHistogram(
            "rpc.server.call.duration",
            "s",
            "Time from the dispatch of a JSON-RPC call to its end.",
            tags: null,
            new InstrumentAdvice<double> { HistogramBucketBoundaries = Seconds });
        blobs = meter.CreateCounter<long>("rpcstore.transfer.blobs", "{blob}", "Blobs that came in or went out.");
        bytes = meter.CreateCounter<long>("rpcstore.transfer.io", "By", "Bytes of blobs that came in or went out.");
    }

    /// <summary>Adds the instruments of what can be asked for at any time.</summary>
    public void Observe(ServerState state)
    {
        meter.CreateObservableUpDownCounter("rpcstore.connections", () => state.Connections, "{connection}", "Open connections.");
        meter.CreateObservableUpDownCounter("rpcstore.transfers.running", () => state.RunningTransfers, "{transfer}", "Transfers that run.");
        meter.CreateObservableUpDownCounter("rpcstore.sessions", () => state.Sessions, "{session}", "Sessions that are open.");
        meter.CreateObservableGauge("rpcstore.store.blobs", () => Of(state.Usage?.Blobs), "{blob}", "Blobs in the store.");
        meter.CreateObservableGauge("rpcstore.store.size", () => Of(state.Usage?.Bytes), "By", "Bytes of the blobs in the store.");
        meter.CreateObservableGauge("rpcstore.store.free", () => Of(state.Usage?.FreeBytes), "By", "Bytes that the disk of the store has free.");
        meter.CreateObservableGauge("rpcstore.journal.position", () => state.JournalPosition, "{entry}", "The number of the last entry of the journal.");
        meter.CreateObservableGauge("rpcstore.journal.failing", () => state.IsJournalFailing ? 1 : 0, unit: null, "1 while the journal cannot be written and changes are refused.");
        meter.CreateObservableGauge(
            "rpcstore.info",
            () => new Measurement<int>(1, new KeyValuePair<string, object?>("version", state.Version), new("server.id", state.ServerId)),
            unit: null,
            "Always 1; the labels tell which server this is.");
    }

    /// <summary>A call ended.</summary>
    /// <param name="method">Its method, as the contract names it.</param>
    /// <param name="startedAt">The time stamp of its start (<see cref="Stopwatch.GetTimestamp"/>).</param>
    /// <param name="error">The name of the error that it ended with; null when it went well.</param>
    public void CountCall(string method, long startedAt, string? error)
    {
        if (!calls.Enabled)
        {
            return;
        }

        var seconds = Stopwatch.GetElapsedTime(startedAt).TotalSeconds;
        if (error is null)
        {
            calls.Record(seconds, new KeyValuePair<string, object?>("rpc.method", method));
        }
        else
        {
            calls.Record(seconds, new KeyValuePair<string, object?>("rpc.method", method), new("error.type", error));
        }
    }

    /// <summary>An action ended, and moved blobs.</summary>
    public void CountBlobs(ActionRecord action)
    {
        Add(action.BlobsIn, action.BytesIn, In);
        Add(action.BlobsOut, action.BytesOut, Out);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    /// <summary>What is not known is not reported, rather than reported as 0.</summary>
    private static Measurement<long>[] Of(long? value) => value is { } known ? [new(known)] : [];

    private void Add(long count, long size, in KeyValuePair<string, object?> direction)
    {
        if (count > 0 || size > 0)
        {
            blobs.Add(count, direction);
            bytes.Add(size, direction);
        }
    }
}
