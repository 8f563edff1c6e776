using System.Text;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>Tests of the commands of flists, typed by the local admin.</summary>
public abstract class FlistCommandTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    internal TemporaryFolder Folder { get; } = new();

    internal ServerProcess Server => fixture.Server;

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    internal Task<CommandResult> RunAsync(params string[] arguments) => RunAsync([], arguments);

    internal Task<CommandResult> RunAsync(byte[] input, params string[] arguments) =>
        Command.RunAsync(Repository.Command, ["--server", fixture.Server.Url, .. arguments], input);

    /// <summary>Runs a command with <c>--json</c>, which has to succeed.</summary>
    internal async Task<JsonNode> AskAsync(params string[] arguments) =>
        JsonNode.Parse((await RunAsync(["--json", .. arguments])).ShouldSucceed().Output)!;

    /// <summary>Uploads a tar of text files, each <c>PATH=TEXT</c>.</summary>
    internal async Task<JsonNode> UploadAsync(string name, params string[] files) =>
        await AskAsync("flists", "upload", Write(name + ".tar", TestTree.Tar(files)), "--name", name);

    /// <summary>Stores the same without a command, for the tests of others.</summary>
    internal async Task<JsonNode> StoreAsync(string name, params string[] files)
    {
        using var admin = new AdminClient(fixture.Socket);
        return (await admin.Http.PutFlistAsync("local/" + name, TestTree.Tar(files))).ShouldSucceed().Body;
    }

    internal string Write(string name, byte[] bytes)
    {
        var path = Folder.File(name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>What a shell script prints, run in the folder of the test.</summary>
    internal async Task<string> ShellAsync(string script) => (await Command.ShellAsync($"cd {Folder.Path}\n{script}")).ShouldSucceed().Output;

    internal static string[] PathsOf(JsonNode entries) => [.. entries.AsArray().Select(entry => (string)entry!["path"]!)];

    internal static string Text(string path) => Encoding.UTF8.GetString(File.ReadAllBytes(path));
}
