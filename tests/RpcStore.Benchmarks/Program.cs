using RpcStore.Benchmarks;
using RpcStore.Benchmarks.Batches;
using RpcStore.Benchmarks.Calls;
using RpcStore.Benchmarks.Has;
using RpcStore.Benchmarks.Import;
using RpcStore.Benchmarks.Journal;
using RpcStore.Benchmarks.Measuring;
using RpcStore.Benchmarks.Rust;
using RpcStore.Benchmarks.Sites;
using RpcStore.Benchmarks.Start;

if (args is ["echo", var path])
{
    await EchoServer.RunAsync(path);
    return 0;
}

if (BenchmarkOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

var report = new Report();
Directory.CreateDirectory(options.Folder);
foreach (var group in options.Groups)
{
    Console.Error.WriteLine($"== {group}");
    await (group switch
    {
        "calls" => CallBenchmark.RunAsync(options, report),
        "has" => HasBenchmark.RunAsync(options, report),
        "journal" => JournalBenchmark.RunAsync(options, report),
        "sites" => SiteBenchmark.RunAsync(options, report),
        "import" => ImportBenchmark.RunAsync(options, report),
        "rust" => RustBenchmark.RunAsync(options, report),
        "batches" => BatchBenchmark.RunAsync(options, report),
        _ => StartBenchmark.RunAsync(options, report),
    });
}

await report.WriteJsonAsync(options.JsonPath);
Console.WriteLine(report.ToTable());
Console.Error.WriteLine($"The same as JSON: {options.JsonPath}");
return 0;
