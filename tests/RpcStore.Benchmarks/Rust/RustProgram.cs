using System.Diagnostics;
using System.Globalization;

namespace RpcStore.Benchmarks.Rust;

/// <summary>The example <c>bench</c> of the Rust crate, as cargo builds it for use.</summary>
internal sealed class RustProgram
{
    private const string DebianCrates = "/usr/share/cargo/registry";

    private readonly string path;

    private RustProgram(string path) => this.path = path;

    /// <summary>Builds it, without a network; null, with a word about it, where cargo or crates are missing.</summary>
    /// <exception cref="InvalidOperationException">It does not compile.</exception>
    public static async Task<RustProgram?> BuildAsync()
    {
        var programs = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':');
        if (!programs.Any(folder => File.Exists(Path.Combine(folder, "cargo"))))
        {
            return Skip("cargo is not installed");
        }

        if (!Directory.Exists(DebianCrates) || !Directory.EnumerateDirectories(DebianCrates, "hyper-0.14.*").Any())
        {
            return Skip("Debian's packages of the crates are not installed (librust-*-dev, see tools/check)");
        }

        // A copy, so that no lock file with Debian's versions comes into the checkout.
        var work = Path.Combine(BenchmarkOptions.Root, "artifacts", "rust");
        var crate = Path.Combine(work, "bench-crate");
        Copy(Path.Combine(BenchmarkOptions.Root, "clients", "rust"), crate);
        var target = Path.Combine(work, "target");
        await RunAsync(
            "cargo",
            [
                "build", "--release", "--quiet", "--example", "bench", "--offline", "--manifest-path", Path.Combine(crate, "Cargo.toml"), "--target-dir", target,
                "--config", "source.crates-io.replace-with=\"debian\"", "--config", $"source.debian.directory=\"{DebianCrates}\"",
            ]);
        return new RustProgram(Path.Combine(target, "release", "examples", "bench"));
    }

    /// <summary>Calls a second that it reaches.</summary>
    public Task<double> CallAsync(ServerProcess server, int outstanding, TimeSpan duration) =>
        MeasureAsync("calls", "unix:" + server.SocketPath, outstanding, duration.TotalSeconds);

    /// <summary>Seconds that it takes for an upload.</summary>
    public Task<double> UploadAsync(ServerProcess server, int count, long size, int first) =>
        MeasureAsync("upload", "unix:" + server.SocketPath, count, size, first);

    private static RustProgram? Skip(string reason)
    {
        Console.Error.WriteLine($"rust: skipped, because {reason}.");
        return null;
    }

    private static void Copy(string from, string to)
    {
        if (Directory.Exists(to))
        {
            Directory.Delete(to, recursive: true);
        }

        string[] files = ["Cargo.toml", "README.md", "examples/bench.rs"];
        var sources = Directory.EnumerateFiles(Path.Combine(from, "src"), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(from, file));
        foreach (var file in files.Concat(sources))
        {
            var copy = Path.Combine(to, file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(Path.Combine(from, file), copy);
            // Cargo goes by the time of a file.
            File.SetLastWriteTimeUtc(copy, File.GetLastWriteTimeUtc(Path.Combine(from, file)));
        }
    }

    private async Task<double> MeasureAsync(params object[] arguments) => double.Parse(
        await RunAsync(path, Array.ConvertAll(arguments, argument => Convert.ToString(argument, CultureInfo.InvariantCulture)!)), CultureInfo.InvariantCulture);

    private static async Task<string> RunAsync(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {await error}");
    }
}
