using System.Diagnostics;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Rust;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What is generated in Rust: the sample, and that it is formatted as rustfmt writes it.</summary>
public sealed class RustFilesTests
{
    private const string Sample = "clients/rust/tests/sample";

    /// <summary>
    /// The sample's code is compiled into the tests of the crate, so that what the contract does not use today is tested all
    /// the same. With RPCSTORE_UPDATE_SAMPLE=1 it is written anew.
    /// </summary>
    [Fact]
    public void The_sample_is_what_the_generator_makes_of_it()
    {
        var update = Environment.GetEnvironmentVariable("RPCSTORE_UPDATE_SAMPLE") == "1";
        foreach (var (path, text) in RustWriter.WriteModule(ContractReader.Read(ContractFiles.LoadSample())))
        {
            var full = Path.Combine(ContractFiles.Repository, Sample, path);
            if (update)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(full)!);
                File.WriteAllText(full, text);
            }

            Assert.True(File.Exists(full) && File.ReadAllText(full) == text, $"{full} is out of date. Run this test with RPCSTORE_UPDATE_SAMPLE=1.");
        }
    }

    [Theory]
    [InlineData("clients/rust/src/generated/mod.rs")]
    [InlineData("clients/rust/tests/reference.rs")]
    [InlineData(Sample + "/mod.rs")]
    public async Task Generated_files_are_as_rustfmt_writes_them(string module)
    {
        var formatter = FindFormatter();
        Assert.SkipWhen(formatter is null, "rustfmt is not installed (Debian package rustfmt-web)");

        // It follows the modules that a file names.
        var start = new ProcessStartInfo(formatter!, ["--check", "--edition", "2021", Path.Combine(ContractFiles.Repository, module)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, await output + await error);
    }

    [Theory]
    [InlineData("\"name\": \"text\",", "\"name\": \"type\",", "pub fn echo(\n        &self,\n        r#type: impl Into<String>,")]
    [InlineData("\"name\": \"any\",", "\"name\": \"self\",", "pub fn self_(mut self, self_: i64) -> Self {")]
    [InlineData("\"name\": \"any\",", "\"name\": \"timeout\",", "pub fn timeout_(mut self, timeout: i64) -> Self {")]
    public void Names_that_mean_something_in_Rust_are_escaped(string old, string replacement, string expected)
    {
        // The examples name the parameters too, so the whole file is changed.
        var contract = ContractReader.Read(CodeGen.Sources.ContractSource.Load(path =>
        {
            var full = Path.Combine(ContractFiles.Repository, ContractFiles.SampleFolder, Path.GetFileName(path));
            return File.Exists(full) ? File.ReadAllText(full).Replace(old, replacement, StringComparison.Ordinal) : null;
        }));

        Assert.Contains(RustWriter.WriteModule(contract), file => file.Text.Contains(expected, StringComparison.Ordinal));
    }

    private static string? FindFormatter() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Select(folder => Path.Combine(folder, "rustfmt"))
        .FirstOrDefault(File.Exists);
}
