using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace RpcStore.Server.Telemetry;

/// <summary>Reads all metrics when somebody asks for them. Safe to use from any thread.</summary>
internal sealed class PrometheusReader : IDisposable
{
    private readonly Lock gate = new();
    private readonly Exporter exporter;

    /// <summary>Makes a reader, to be added to a provider.</summary>
    public PrometheusReader()
    {
        exporter = new Exporter();
        Reader = new BaseExportingMetricReader(exporter);
    }

    /// <summary>What the provider feeds.</summary>
    public MetricReader Reader { get; }

    /// <summary>The metrics as they are now.</summary>
    /// <exception cref="InvalidOperationException">They cannot be read; the server is being stopped.</exception>
    public string Read()
    {
        lock (gate)
        {
            var isRead = Reader.Collect();
            var text = exporter.Text.Take();
            return isRead ? text : throw new InvalidOperationException("The metrics cannot be read.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Reader.Dispose();

    private sealed class Exporter : BaseExporter<Metric>
    {
        public PrometheusText Text { get; } = new();

        public override ExportResult Export(in Batch<Metric> batch)
        {
            foreach (var metric in batch)
            {
                Text.Write(metric);
            }

            return ExportResult.Success;
        }
    }
}
