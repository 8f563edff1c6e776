namespace RpcStore.Server.Telemetry;

/// <summary>Where metrics and traces are sent. Immutable.</summary>
public sealed record TelemetryOptions
{
    /// <summary>
    /// The collector that takes OTLP (opentelemetry.io/docs/specs/otlp), as <c>http://HOST:4317</c>; null to send nothing.
    /// Headers, such as a token, are taken from <c>OTEL_EXPORTER_OTLP_HEADERS</c>.
    /// </summary>
    public Uri? OtlpEndpoint { get; init; }

    /// <summary>How the collector is spoken to.</summary>
    public OtlpProtocol OtlpProtocol { get; init; } = OtlpProtocol.Grpc;

    /// <summary>How often metrics are sent; at least a second.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(60);
}
