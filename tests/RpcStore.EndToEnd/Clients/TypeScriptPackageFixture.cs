using System.Text.RegularExpressions;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Clients;

/// <summary>The TypeScript package, built in a temporary folder, and a server with an admin who has a key.</summary>
public sealed partial class TypeScriptPackageFixture : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private ServerProcess? server;

    /// <summary>The package's folder in the checkout.</summary>
    internal string Folder { get; } = Path.Combine(Repository.Root, "clients", "typescript");

    /// <summary>Whether npm has installed what the package is built with.</summary>
    internal bool IsInstalled => Directory.Exists(Path.Combine(Folder, "node_modules"));

    /// <summary>The private key of the server's admin.</summary>
    internal string AdminKey => folder.File("admin");

    private string Dist => folder.File("package/dist");

    public async ValueTask InitializeAsync()
    {
        if (!IsInstalled)
        {
            return;
        }

        Directory.CreateDirectory(Dist);

        // Node takes a file for a module where the package that it is in says so.
        File.Copy(Path.Combine(Folder, "package.json"), folder.File("package/package.json"));
        CommandResult[] builds = await Task.WhenAll(
            RunAsync("node_modules/.bin/tsc", "-p", "tsconfig.json", "--outDir", Dist),
            RunAsync("node_modules/.bin/tsc", "-p", "test/tsconfig.json", "--outDir", Path.Combine(Dist, "test")));
        Assert.All(builds, build => build.ShouldSucceed());
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    /// <summary>Runs a program in the package's folder, against this build.</summary>
    internal Task<CommandResult> RunAsync(string program, params string[] arguments) =>
        ShellAsync(string.Join(' ', [program, .. arguments.Select(argument => $"'{argument}'")]));

    /// <summary>Runs a line of shell in the package's folder, against this build.</summary>
    internal Task<CommandResult> ShellAsync(string line) => Command.ShellAsync(
        $"cd '{Folder}'; {line} 2>&1", Environment);

    /// <summary>Has programs use this build.</summary>
    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["RPCSTORE_DIST"] = Dist };

    /// <summary>A server that knows <see cref="AdminKey"/>, started when it is first asked for; for one test at a time.</summary>
    internal async Task<ServerProcess> GetServerAsync()
    {
        if (server is null)
        {
            (await Command.RunAsync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", AdminKey])).ShouldSucceed();
            server = await ServerProcess.StartAsync(folder.Path);
            var line = (await File.ReadAllTextAsync(AdminKey + ".pub")).Trim();
            (await Command.RpcStoreAsync("--server", server.Url, "accounts", "add", "ada", "--role", "admin", "--key", line)).ShouldSucceed();
        }

        return server;
    }

    /// <summary>Writes the first code block of a language in the README to a file beside an installed package.</summary>
    /// <returns>The file.</returns>
    internal async Task<string> PasteAsync(string language, string name)
    {
        var readme = await File.ReadAllTextAsync(Path.Combine(Folder, "README.md"));
        var block = CodeBlocks().Matches(readme).First(match => match.Groups["language"].Value == language).Groups["code"].Value;
        var scope = folder.File("user/node_modules/@rpcstore");
        if (!Directory.Exists(scope))
        {
            Directory.CreateDirectory(scope);
            Directory.CreateSymbolicLink(Path.Combine(scope, "client"), folder.File("package"));
        }

        var file = folder.File($"user/{name}");
        await File.WriteAllTextAsync(file, block);
        return file;
    }

    [GeneratedRegex(@"```(?<language>[a-z ]+)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex CodeBlocks();
}
