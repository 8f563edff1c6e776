using System.Xml.Linq;
using Xunit;

namespace RpcStore.Tests.Architecture;

/// <summary>Who may use whom: an arrow that is not here is a decision to be made first (spec/decisions).</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, (string[] Projects, string[] Packages)> Allowed = new()
    {
        // The bottoms: they know the framework and nothing else, except for the store's SQLite.
        ["src/RpcStore.JsonRpc"] = ([], []),
        ["src/RpcStore.Digests"] = ([], []),
        ["src/RpcStore.Keys"] = ([], []),
        ["src/RpcStore.Core"] =
            (["RpcStore.Digests", "RpcStore.Keys"], ["Microsoft.Data.Sqlite.Core", "SQLitePCLRaw.provider.e_sqlite3", "IronSnappy"]),
        ["src/RpcStore.Contract"] = (["RpcStore.JsonRpc", "RpcStore.Digests"], []),
        ["src/RpcStore.Server"] =
            (["RpcStore.Contract", "RpcStore.Core", "RpcStore.Digests", "RpcStore.Keys", "RpcStore.JsonRpc"],
                ["OpenTelemetry", "OpenTelemetry.Exporter.OpenTelemetryProtocol"]),

        // Knows a contract as a document alone, so that it can test servers that are newer than this one, and others.
        ["src/RpcStore.ContractTest"] = (["RpcStore.Digests"], ["JsonSchema.Net"]),
        ["src/RpcStore.Cli"] = (["RpcStore.Server", "RpcStore.Client", "RpcStore.ContractTest"], ["System.CommandLine", "Spectre.Console"]),
        ["clients/csharp/RpcStore.Client"] = (["RpcStore.Contract", "RpcStore.JsonRpc", "RpcStore.Digests", "RpcStore.Keys"], []),

        // Reads the contract as text, so that a broken one can be mended.
        ["tools/RpcStore.CodeGen"] = ([], []),
    };

    public static TheoryData<string> Projects =>
    [
        .. new[] { "src", "clients", "tools" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Root, Path.GetDirectoryName(file)!)),
    ];

    private static string Root { get; } = FindRoot();

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_uses_only_what_it_may(string folder)
    {
        Assert.True(Allowed.ContainsKey(folder), $"{folder} is new: say here what it may use.");
        var project = XDocument.Load(Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj").Single());
        var (projects, packages) = Allowed[folder];
        Assert.Empty(Includes(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path)).Except(projects));
        Assert.Empty(Includes(project, "PackageReference").Except(packages));
    }

    [Fact]
    public void Only_the_server_knows_the_web_framework()
    {
        var users = Projects.Select(row => row.Data).Where(folder =>
            Includes(XDocument.Load(Directory.EnumerateFiles(Path.Combine(Root, folder), "*.csproj").Single()), "FrameworkReference").Any());
        Assert.Equal(["src/RpcStore.Server"], users);
    }

    [Theory]
    [InlineData("src/RpcStore.Core/Blobs", "RpcStore.Core.Transfers", "Blobs are moved by transfers, not the other way round, except for the scrub.", "BlobScrubber.cs")]
    [InlineData("src/RpcStore.Core/Blobs", "RpcStore.Core.Flists", "A blob does not know what it is part of.")]
    [InlineData("src/RpcStore.Core/Tar", "RpcStore.Core.Blobs", "Tar knows entries, not what becomes of them.")]
    [InlineData("src/RpcStore.Core/Tar", "RpcStore.Core.Flists", "Tar knows entries, not what becomes of them.")]
    [InlineData("src/RpcStore.Core/Accounts", "RpcStore.Core.Blobs", "Accounts use the catalog and no other domain.")]
    [InlineData("src/RpcStore.Core/Accounts", "RpcStore.Core.Journal", "Accounts use the catalog and no other domain.")]
    [InlineData("src/RpcStore.Core/Catalog", "RpcStore.Core.Journal", "The catalog is what domains build on; each brings its own tables.")]
    [InlineData("src/RpcStore.Core/Blobs", "RpcStore.Core.Catalog", "Blobs are files; the catalog may be lost and they are not.")]
    [InlineData("src/RpcStore.ContractTest", "Json.Schema", "One place validates, so that the library can be changed for another.", "RecordValidator.cs", "ContractFormats.cs")]
    [InlineData("src/RpcStore.Server/Handlers", "Microsoft.AspNetCore", "Handlers see the contract and Core.")]
    [InlineData("src/RpcStore.Server/Endpoints", "RpcStore.Core.Blobs", "Endpoints carry messages; they know no blob.")]
    public void A_folder_does_not_use_a_namespace(string folder, string space, string reason, params string[] except)
    {
        var users = Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(file => File.ReadLines(file).Any(line => line.StartsWith($"using {space}", StringComparison.Ordinal)))
            .Select(file => Path.GetFileName(file)!)
            .Except(except);
        Assert.True(!users.Any(), $"{reason} Not so in {string.Join(", ", users)}.");
    }

    private static IEnumerable<string> Includes(XDocument project, string element) =>
        project.Descendants(element).Select(one => one.Attribute("Include")!.Value.Replace('\\', '/'));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RpcStore.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from inside a checkout.");
        }

        return folder.FullName;
    }
}
