using System.Globalization;

namespace RpcStore.Benchmarks.Measuring;

/// <summary>Watches what a process costs, by what the kernel tells of it in /proc.</summary>
internal sealed class CostMeter : IDisposable
{
    // The kernel counts processor time in ticks of this many a second, on every Linux there is (USER_HZ).
    private const double TicksPerSecond = 100;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly int process;
    private readonly double cpuBefore;
    private readonly long memoryBefore;
    private readonly Timer timer;
    private long memoryPeak;

    public CostMeter(int process)
    {
        this.process = process;

        // Makes the kernel forget the peak so far (proc_pid_clear_refs(5)).
        File.WriteAllText($"/proc/{process}/clear_refs", "5");
        cpuBefore = ReadCpu();
        memoryBefore = memoryPeak = ReadStatus("RssAnon:");
        timer = new Timer(_ => Sample(), null, Interval, Interval);
    }

    public Cost Read()
    {
        Sample();
        return new Cost(ReadCpu() - cpuBefore, Volatile.Read(ref memoryPeak) - memoryBefore, ReadStatus("VmHWM:"));
    }

    public void Dispose() => timer.Dispose();

    private void Sample()
    {
        // Two samples that overlap may lose the smaller of two peaks: good enough for a gauge.
        var now = ReadStatus("RssAnon:");
        if (now > Volatile.Read(ref memoryPeak))
        {
            Volatile.Write(ref memoryPeak, now);
        }
    }

    private double ReadCpu()
    {
        // After the name in parentheses: the 12th and 13th field are user and system time (proc_pid_stat(5)).
        var text = File.ReadAllText($"/proc/{process}/stat");
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        return (Parse(fields[11]) + Parse(fields[12])) / TicksPerSecond;
    }

    private long ReadStatus(string name)
    {
        var line = File.ReadLines($"/proc/{process}/status").FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal));
        return line is null ? 0 : Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal)) * 1024;
    }

    private static long Parse(string text) => long.Parse(text, NumberStyles.Integer, CultureInfo.InvariantCulture);
}
