using System.Diagnostics.Metrics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using RpcStore.Server.Telemetry;
using Xunit;

namespace RpcStore.Tests.Server.Telemetry;

/// <summary>Metrics in the text format of Prometheus.</summary>
public sealed class PrometheusTextTests : IDisposable
{
    private readonly Meter meter = new("PrometheusTextTests " + Guid.NewGuid());
    private readonly PrometheusReader reader = new();
    private readonly MeterProvider provider;

    public PrometheusTextTests() => provider = Sdk.CreateMeterProviderBuilder().AddMeter(meter.Name).AddReader(reader.Reader).Build();

    public void Dispose()
    {
        provider.Dispose();
        reader.Dispose();
        meter.Dispose();
    }

    [Theory]
    [InlineData("rpc.server.call.duration", "s", false, "rpc_server_call_duration_seconds")]
    [InlineData("rpcstore.transfer.io", "By", true, "rpcstore_transfer_io_bytes_total")]
    [InlineData("rpcstore.transfer.blobs", "{blob}", true, "rpcstore_transfer_blobs_total")]
    [InlineData("time.seconds", "s", false, "time_seconds")]
    [InlineData("tries.total", "", true, "tries_total")]
    [InlineData("7 things-ä", "", false, "_7_things__")]
    public void A_metric_is_named_as_the_specification_says(string name, string unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(name, unit, isCounter));

    [Fact]
    public void A_counter_has_a_line_for_every_set_of_labels()
    {
        var counter = meter.CreateCounter<long>("moved", "By", "What was\nmoved \\ away.");
        counter.Add(3, new KeyValuePair<string, object?>("to.where", "a\"b\\c\nd"));
        counter.Add(4);
        Assert.Equal(
            """
            # HELP moved_bytes_total What was\nmoved \\ away.
            # TYPE moved_bytes_total counter
            moved_bytes_total 4
            moved_bytes_total{to_where="a\"b\\c\nd"} 3

            """,
            reader.Read());
    }

    [Fact]
    public void Buckets_of_a_histogram_hold_all_that_is_below_them()
    {
        var histogram = meter.CreateHistogram(
            "time", "s", null, null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.5, 2] });
        foreach (var value in (double[])[0.25, 1, 1.5, 5])
        {
            histogram.Record(value, new KeyValuePair<string, object?>("m", "x"));
        }

        Assert.Equal(
            """
            # TYPE time_seconds histogram
            time_seconds_bucket{m="x",le="0.5"} 1
            time_seconds_bucket{m="x",le="2"} 3
            time_seconds_bucket{m="x",le="+Inf"} 4
            time_seconds_sum{m="x"} 7.75
            time_seconds_count{m="x"} 4

            """,
            reader.Read());
    }

    [Fact]
    public void What_is_not_known_is_left_out_and_what_is_asked_twice_is_not_told_twice()
    {
        var known = true;
        meter.CreateObservableGauge("level", () => known ? (Measurement<double>[])[new(double.PositiveInfinity)] : []);
        Assert.Equal("# TYPE level gauge\nlevel +Inf\n", reader.Read());
        Assert.Equal("# TYPE level gauge\nlevel +Inf\n", reader.Read());
        known = false;
        Assert.DoesNotContain("level +", reader.Read());
    }
}
