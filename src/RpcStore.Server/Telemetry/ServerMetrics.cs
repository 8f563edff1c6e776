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

    private static readonly KeyValuePair<string, object?>[] Than =
        Array.ConvertAll(CallTally.Slow, seconds => new KeyValuePair<string, object?>("than", seconds));

    private readonly Meter meter = new(Name);
    private readonly List<CallTally> tallies = [];
    private readonly Counter<long> blobs;
    private readonly Counter<long> bytes;

    /// <summary>Makes the instruments of what is counted as it happens.</summary>
    public ServerMetrics()
    {
        meter.CreateObservableCounter("rpcstore.calls", () => tallies.SelectMany(CountsOf), "{call}", "JSON-RPC calls that ended.");
        meter.CreateObservableCounter("rpcstore.calls.time", () => tallies.Where(WasCalled).Select(TimeOf), "s", "Time from the dispatch of JSON-RPC calls to their ends.");
        meter.CreateObservableCounter("rpcstore.calls.slower", () => tallies.Where(WasCalled).SelectMany(SlowOf), "{call}", "JSON-RPC calls that took longer than so many seconds.");
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

    /// <summary>Begins to count the calls of a method. Not to be called once metrics are read.</summary>
    public CallTally Tally(string method)
    {
        var tally = new CallTally(method);
        tallies.Add(tally);
        return tally;
    }

    /// <summary>An action ended, and moved blobs.</summary>
    public void CountBlobs(ActionRecord action)
    {
        Add(action.BlobsIn, action.BytesIn, In);
        Add(action.BlobsOut, action.BytesOut, Out);
    }

    /// <inheritdoc/>
    public void Dispose() => meter.Dispose();

    private static bool WasCalled(CallTally tally) => tally.Succeeded > 0 || tally.Failed.Any();

    private static IEnumerable<Measurement<long>> CountsOf(CallTally tally)
    {
        var method = MethodOf(tally);
        if (tally.Succeeded is > 0 and var succeeded)
        {
            yield return new(succeeded, method);
        }

        foreach (var (error, count) in tally.Failed)
        {
            yield return new(count, method, new("error.type", error));
        }
    }

    private static Measurement<double> TimeOf(CallTally tally) => new(tally.Seconds, MethodOf(tally));

    private static IEnumerable<Measurement<long>> SlowOf(CallTally tally) =>
        Than.Select((than, place) => new Measurement<long>(tally.SlowerThan(place), MethodOf(tally), than));

    private static KeyValuePair<string, object?> MethodOf(CallTally tally) => new("rpc.method", tally.Method);

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
