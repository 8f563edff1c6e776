using System.Diagnostics;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Clients;

/// <summary>
/// A copy of the Rust crate under <c>artifacts</c>, where cargo may write what it likes: the checkout stays as it is. The
/// build is kept, so that the next run is faster.
/// </summary>
public sealed class RustCrate
{
    private const string DebianCrates = "/usr/share/cargo/registry";

    // A crate with all it depends on is compiled from scratch, on a machine that has other things to do.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);

    private static readonly string[] Needed = ["hyper-0.14", "ring-0.16", "rustls-native-certs-0.6", "serde_json-1", "sha2-0.10", "tempfile-3", "tokio-1", "tokio-rustls-0.23"];

    private static readonly string[] Offline =
    [
        "--config", "source.crates-io.replace-with=\"debian\"", "--config", $"source.debian.directory=\"{DebianCrates}\"", "--offline",
    ];

    // Digests of megabytes take seconds otherwise.
    private static readonly string[] Fast = ["--config", "profile.dev.package.sha2.opt-level=3"];

    private readonly string work = Path.Combine(Repository.Root, "artifacts", "rust");
    private Task? scenarios;

    public RustCrate()
    {
        var copy = Folder;
        if (Directory.Exists(copy))
        {
            Directory.Delete(copy, recursive: true);
        }

        var source = Path.Combine(Repository.Root, "clients", "rust");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(source, file);
            if (!path.StartsWith("target/", StringComparison.Ordinal) && path != "Cargo.lock")
            {
                var target = Path.Combine(copy, path);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
                // Cargo goes by the time of a file.
                File.SetLastWriteTimeUtc(target, File.GetLastWriteTimeUtc(file));
            }
        }
    }

    /// <summary>The copy.</summary>
    internal string Folder => Path.Combine(work, "crate");

    /// <summary>The program that plays scenarios, when <see cref="BuildScenariosAsync"/> has made it.</summary>
    internal string Scenarios => Path.Combine(work, "target", "debug", "examples", "scenarios");

    /// <summary>Has cargo make the program that plays scenarios, once.</summary>
    internal Task BuildScenariosAsync() => scenarios ??= CargoAsync(null, "build", "--example", "scenarios");

    /// <summary>Runs cargo without a network, against Debian's packages of crates; skips the test where something is missing.</summary>
    /// <param name="program">The program that the command needs beside cargo; null for none.</param>
    /// <param name="arguments">The command.</param>
    public async Task CargoAsync(string? program, params string[] arguments)
    {
        Assert.SkipUnless(IsThere("cargo"), "cargo is not installed.");
        Assert.SkipUnless(program is null || IsThere(program), $"{program} is not installed.");
        foreach (var crate in Needed)
        {
            Assert.SkipUnless(HasCrate(crate), $"Debian's package of the crate {crate} is not installed (librust-*-dev).");
        }

        var start = new ProcessStartInfo("cargo")
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["CARGO_TARGET_DIR"] = Path.Combine(work, "target"),
                ["CARGO_TERM_COLOR"] = "never",
                ["CARGO_INCREMENTAL"] = "0",
                // Nobody debugs these programs, and most of the time of a build went there.
                ["CARGO_PROFILE_DEV_DEBUG"] = "0",
                ["RUSTDOCFLAGS"] = "-D warnings",
            },
        };
        // Behind the command: programs that cargo only passes them on to see them there alone. rustfmt has no use for them.
        string[] options = arguments[0] == "fmt" ? [] : [.. Offline, .. Fast];
        foreach (var argument in (string[])[arguments[0], .. options, .. arguments[1..]])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.True(process.ExitCode == 0, $"cargo {string.Join(' ', arguments)} ended with {process.ExitCode}\n{await output}\n{await error}");
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    private static bool HasCrate(string crate) =>
        Directory.Exists(DebianCrates)
        && Directory.EnumerateDirectories(DebianCrates, crate + ".*").Any();

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
}
