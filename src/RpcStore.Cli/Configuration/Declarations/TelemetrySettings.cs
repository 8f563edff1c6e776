using RpcStore.Cli.Configuration.Types;

namespace RpcStore.Cli.Configuration.Declarations;

/// <summary>Where metrics and traces of a server go.</summary>
internal static class TelemetrySettings
{
    /// <summary>Protobuf in HTTP POST.</summary>
    public const string Http = "http";

    /// <summary>The collector.</summary>
    public static Setting<Uri?> OtlpEndpoint { get; } = new(
        "otlp-endpoint", new HttpUrlType(), null,
        "The collector that metrics and traces are sent to by OTLP. Headers, such as a token, are taken from OTEL_EXPORTER_OTLP_HEADERS.");

    /// <summary>How it is spoken to.</summary>
    public static Setting<string> OtlpProtocol { get; } = new(
        "otlp-protocol", new ChoiceType("grpc", Http), "grpc",
        "How the collector is spoken to: gRPC (port 4317 by custom), or POST to v1/metrics and v1/traces below the URL (4318).");

    /// <summary>How often.</summary>
    public static Setting<TimeSpan> Interval { get; } = new(
        "otlp-interval", new DurationType(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), TimeSpan.FromSeconds(60),
        "How often metrics are sent.");

    /// <summary>All of them.</summary>
    public static SettingGroup Group { get; } = new("Telemetry", [OtlpEndpoint, OtlpProtocol, Interval]);
}
