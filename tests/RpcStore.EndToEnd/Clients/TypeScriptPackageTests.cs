using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Clients;

/// <summary>
/// The TypeScript package: it compiles, is formatted, passes its own tests, and what its README says works when pasted. Built
/// in a folder of its own, so that nobody is disturbed who uses the package's <c>dist</c> meanwhile.
/// </summary>
[Collection<TypeScriptCollection>]
public sealed class TypeScriptPackageTests
{
    private readonly TypeScriptPackageFixture package;

    public TypeScriptPackageTests(TypeScriptPackageFixture package)
    {
        Assert.SkipUnless(package.IsInstalled, "clients/typescript/node_modules is missing: run npm ci --prefix clients/typescript.");
        this.package = package;
    }

    [Fact]
    public async Task It_is_formatted_as_prettier_does_generated_files_included() =>
        (await package.RunAsync("node_modules/.bin/prettier", "--check", ".")).ShouldSucceed();

    [Fact]
    public async Task Its_own_tests_pass() =>
        (await package.ShellAsync("node --test test/*.test.mjs")).ShouldSucceed();

    [Fact]
    public async Task It_needs_no_other_package_and_its_lock_file_names_no_registry()
    {
        Assert.DoesNotContain("\"dependencies\"", await File.ReadAllTextAsync(Path.Combine(package.Folder, "package.json")), StringComparison.Ordinal);
        Assert.DoesNotContain("\"resolved\"", await File.ReadAllTextAsync(Path.Combine(package.Folder, "package-lock.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_in_a_browser_calls_logs_in_and_moves_blobs() => await RunPageAsync();

    [Fact]
    public async Task The_page_of_the_readme_works_when_pasted() =>
        await RunPageAsync("--page", await package.PasteAsync("html", "page.html"));

    [Fact]
    public async Task The_program_of_the_readme_works_when_pasted()
    {
        var program = await package.PasteAsync("js", "example.mjs");
        var server = await package.GetServerAsync();
        var result = await Command.RunAsync("node", [program], environment: new Dictionary<string, string> { ["RPCSTORE_SERVER"] = server.Url });
        Assert.Contains("hello", result.ShouldSucceed().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_of_the_readme_for_flists_works_when_pasted()
    {
        var program = await package.PasteAsync("js flists", "flist.mjs");
        var server = await package.GetServerAsync();
        var result = await Command.ShellAsync(
            $"cd '{Path.GetDirectoryName(program)}' && mkdir tree && echo hello > tree/page && node flist.mjs tree && tar -tf example.tar.gz && ls",
            new Dictionary<string, string> { ["RPCSTORE_SERVER"] = server.Url });
        Assert.All(
            ["1 files, 6 bytes: created", "/page has 6 bytes", "./\npage\n", "example.fl\n", "The archive"],
            text => Assert.Contains(text, result.ShouldSucceed().Output, StringComparison.Ordinal));
    }

    private async Task RunPageAsync(params string[] more)
    {
        Assert.SkipUnless((await Command.ShellAsync("command -v chromium || true")).Output.Length > 0, "chromium is not installed.");
        var server = await package.GetServerAsync();
        var url = server.TcpUrl.Replace("tcp:", "http:", StringComparison.Ordinal);
        (await package.RunAsync("node", ["test/browser/run.mjs", "--url", url, "--admin-key", package.AdminKey, .. more])).ShouldSucceed();
    }
}
