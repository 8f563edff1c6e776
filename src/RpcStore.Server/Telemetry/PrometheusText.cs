using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace RpcStore.Server.Telemetry;

/// <summary>
/// Writes metrics in the text format of Prometheus, version 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats), under the names that OpenTelemetry's specification
/// "Prometheus and OpenMetrics Compatibility" gives them. For one metric after the other; not thread-safe.
/// </summary>
internal sealed class PrometheusText
{
    /// <summary>The media type.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly StringBuilder text = new();

    /// <summary>Writes a metric with all its points. Of a histogram with exponential buckets it writes sum and count.</summary>
    public void Write(Metric metric)
    {
        var type = TypeOf(metric.MetricType);
        var name = NameOf(metric.Name, metric.Unit, isCounter: type == "counter");
        if (metric.Description.Length > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {Escape(metric.Description, quotes: false)}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"# TYPE {name} {type}\n");
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = LabelsOf(point.Tags);
            if (type == "histogram")
            {
                WriteHistogram(name, labels, point, metric.MetricType);
            }
            else
            {
                WriteSample(name, labels, ValueOf(point, metric.MetricType));
            }
        }
    }

    /// <summary>Takes what was written, and begins anew.</summary>
    public string Take()
    {
        var written = text.ToString();
        text.Clear();
        return written;
    }

    /// <summary>The name that a metric has for Prometheus.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unit">Its unit in UCUM; units in braces are comments.</param>
    /// <param name="isCounter">Whether it only rises.</param>
    public static string NameOf(string name, string unit, bool isCounter)
    {
        var clean = new StringBuilder(name.Length + 16);
        foreach (var c in name)
        {
            clean.Append(char.IsAsciiLetterOrDigit(c) || c == ':' ? c : '_');
        }

        if (char.IsAsciiDigit(clean[0]))
        {
            clean.Insert(0, '_');
        }

        var suffix = unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "%" => "_percent",
            _ => "",
        };
        if (!clean.ToString().EndsWith(suffix, StringComparison.Ordinal))
        {
            clean.Append(suffix);
        }

        return isCounter && !clean.ToString().EndsWith("_total", StringComparison.Ordinal) ? $"{clean}_total" : clean.ToString();
    }

    private static string TypeOf(MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        MetricType.Histogram or MetricType.ExponentialHistogram => "histogram",
        _ => "gauge",
    };

    private static double ValueOf(in MetricPoint point, MetricType type) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        MetricType.DoubleGauge => point.GetGaugeLastValueDouble(),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Not a metric of one value."),
    };

    private void WriteHistogram(string name, string labels, in MetricPoint point, MetricType type)
    {
        if (type == MetricType.Histogram)
        {
            var below = 0L;
            foreach (var bucket in point.GetHistogramBuckets())
            {
                below += bucket.BucketCount;
                var bound = $"le=\"{Number(bucket.ExplicitBound)}\"";
                WriteSample(name + "_bucket", labels.Length == 0 ? bound : $"{labels},{bound}", below);
            }
        }

        WriteSample(name + "_sum", labels, point.GetHistogramSum());
        WriteSample(name + "_count", labels, point.GetHistogramCount());
    }

    private void WriteSample(string name, string labels, double value)
    {
        text.Append(name);
        if (labels.Length > 0)
        {
            text.Append('{').Append(labels).Append('}');
        }

        text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (key, value) in tags)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            labels.Add($"{NameOf(key, unit: "", isCounter: false)}=\"{Escape(text, quotes: true)}\"");
        }

        return string.Join(',', labels);
    }

    private static string Escape(string value, bool quotes)
    {
        var escaped = value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return quotes ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
