using Microsoft.AspNetCore.Http;
using RpcStore.Server.Telemetry;

namespace RpcStore.Server.Web;

/// <summary>What the server counts, for Prometheus.</summary>
internal sealed class MetricsRoute(ServerTelemetry telemetry)
{
    /// <summary>Maps the route.</summary>
    public void Map(ContractRoutes routes) => routes.Map("GET", "/metrics", context =>
    {
        context.Response.ContentType = PrometheusText.ContentType;
        return context.Response.WriteAsync(telemetry.ReadPrometheus(), context.RequestAborted);
    });
}
