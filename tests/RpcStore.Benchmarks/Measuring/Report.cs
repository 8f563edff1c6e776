using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RpcStore.Benchmarks.Measuring;

/// <summary>Collects figures, and gives them as a table and as JSON.</summary>
internal sealed class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    private readonly List<Figure> figures = [];
    private readonly DateTime startedAt = DateTime.UtcNow;

    public void Add(Figure figure)
    {
        figures.Add(figure);
        Console.Error.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{figure.Name}: {Number(figure.Value)} {figure.Unit}, limit {Number(figure.Limit)}"));
    }

    public string ToTable()
    {
        var text = new StringBuilder().AppendLine(Describe()).AppendLine();
        foreach (var group in figures.GroupBy(figure => figure.Group))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"## {group.Key}").AppendLine()
                .AppendLine("| what | figure | limit of this run | figure ÷ limit | aim | server CPU | memory growth |")
                .AppendLine("|---|---:|---:|---:|---|---:|---:|");
            foreach (var figure in group)
            {
                text.AppendLine(ToRow(figure));
            }

            text.AppendLine();
        }

        return text.ToString();
    }

    public Task WriteJsonAsync(string path) =>
        File.WriteAllTextAsync(path, JsonSerializer.Serialize(new { startedAt, machine = Machine(), figures }, Json));

    private static string ToRow(Figure figure)
    {
        var limit = figure.Limit is null ? "" : $"{Number(figure.Limit)} ({figure.LimitName})";
        var cpu = figure.CpuMicrosecondsPerCall is { } each ? $"{Number(each)} µs a call" : figure.CpuSeconds is { } all ? $"{Number(all)} s" : "";
        var memory = figure.MemoryGrowth is { } bytes ? $"{Number(bytes / 1048576.0)} MiB" : "";
        return $"| {figure.Name} | {Number(figure.Value)} {figure.Unit} | {limit} | {Number(figure.Ratio)} | {figure.Aim} | {cpu} | {memory} |";
    }

    // Three digits that say something.
    private static string Number(double? value) => value switch
    {
        null => "",
        >= 1000 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 100 => value.Value.ToString("F0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("F1", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("F2", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("F3", CultureInfo.InvariantCulture),
    };

    private string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{startedAt:yyyy-MM-dd HH:mm} UTC; {string.Join("; ", Machine().Values)}");

    private static Dictionary<string, string> Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        var load = File.ReadAllText("/proc/loadavg").Split(' ');
        return new Dictionary<string, string>
        {
            ["processor"] = model is null ? RuntimeInformation.ProcessArchitecture.ToString() : model[(model.IndexOf(':') + 2)..],
            ["cores"] = $"{Environment.ProcessorCount} cores",
            ["memory"] = $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB",
            ["system"] = RuntimeInformation.OSDescription,
            ["runtime"] = RuntimeInformation.FrameworkDescription,
            ["load"] = $"load at the end {load[0]} (1 min), {load[2]} (15 min)",
        };
    }
}
