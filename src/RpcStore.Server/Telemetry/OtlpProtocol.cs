namespace RpcStore.Server.Telemetry;

/// <summary>The two encodings of OTLP that collectors take.</summary>
public enum OtlpProtocol
{
    /// <summary>gRPC; the collector's port is 4317 by custom.</summary>
    Grpc,

    /// <summary>Protobuf in HTTP POST, to <c>/v1/metrics</c> and <c>/v1/traces</c> below the endpoint; port 4318 by custom.</summary>
    Http,
}
