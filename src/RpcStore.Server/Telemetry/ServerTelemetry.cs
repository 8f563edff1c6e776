using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace RpcStore.Server.Telemetry;

/// <summary>Gathers metrics, and sends them and spans to a collector where one is configured.</summary>
internal sealed class ServerTelemetry : IDisposable
{
    // What waits for a collector that does not answer when the server stops.
    private const int FarewellMilliseconds = 2000;

    private readonly PrometheusReader prometheus = new();
    private readonly MeterProvider metrics;
    private readonly TracerProvider? traces;

    /// <summary>Begins to gather.</summary>
    /// <param name="options">Where to send.</param>
    /// <param name="serverId">The name of the data directory.</param>
    /// <param name="version">The version of the server.</param>
    public ServerTelemetry(TelemetryOptions options, string serverId, string version)
    {
        var resource = ResourceBuilder.CreateDefault().AddService("rpcstore", serviceVersion: version, serviceInstanceId: serverId);
        var builder = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(ServerMetrics.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddReader(prometheus.Reader);
        if (options.OtlpEndpoint is not null)
        {
            builder.AddOtlpExporter((otlp, reader) =>
            {
                Configure(otlp, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.Interval.TotalMilliseconds;
            });
            traces = Sdk.CreateTracerProviderBuilder()
                .SetResourceBuilder(resource)
                .AddSource(Tracing.Name, "Microsoft.AspNetCore")
                .AddOtlpExporter(otlp => Configure(otlp, options, "v1/traces"))
                .Build();
        }

        metrics = builder.Build();
    }

    /// <summary>The metrics as they are now, in the text format of Prometheus.</summary>
    public string ReadPrometheus() => prometheus.Read();

    /// <summary>Sends what waits, for two seconds at most, and ends.</summary>
    public void Dispose()
    {
        traces?.Shutdown(FarewellMilliseconds);
        traces?.Dispose();
        metrics.Shutdown(FarewellMilliseconds);
        metrics.Dispose();
        prometheus.Dispose();
    }

    private static void Configure(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        var isHttp = options.OtlpProtocol == OtlpProtocol.Http;
        otlp.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = isHttp ? Below(options.OtlpEndpoint!, path) : options.OtlpEndpoint!;
    }

    private static Uri Below(Uri endpoint, string path) =>
        new(endpoint.AbsoluteUri.EndsWith('/') ? endpoint : new Uri(endpoint.AbsoluteUri + "/"), path);
}
