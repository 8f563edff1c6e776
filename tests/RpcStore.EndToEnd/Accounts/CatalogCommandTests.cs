using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>What is done with a data directory itself, with a server on it and without.</summary>
public sealed class CatalogCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_backup_taken_while_the_server_runs_is_a_catalog_to_start_with()
    {
        var backup = folder.File("backup.db");
        string data;
        await using (var server = await ServerProcess.StartAsync(folder.Path))
        {
            data = server.Data;
            (await Command.RpcStoreAsync("--server", server.Url, "accounts", "add", "kept", "--role", "user")).ShouldSucceed();
            (await Command.RpcStoreAsync("catalog", "check", "--data", data)).ShouldSucceed();
            (await Command.RpcStoreAsync("backup", backup, "--data", data)).ShouldSucceed();
            (await Command.RpcStoreAsync("--server", server.Url, "accounts", "add", "too-late", "--role", "user")).ShouldSucceed();
            Assert.Equal(0, await server.StopAsync());
        }

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(backup));
        foreach (var file in Directory.EnumerateFiles(data, "catalog.db*"))
        {
            File.Delete(file);
        }

        File.Move(backup, Path.Combine(data, "catalog.db"));
        (await Command.RpcStoreAsync("catalog", "check", "--data", data)).ShouldSucceed();
        await using var restored = await ServerProcess.StartAsync(folder.Path);
        var accounts = (await Command.RpcStoreAsync("--server", restored.Url, "accounts", "list")).ShouldSucceed();
        Assert.StartsWith("kept\t", Assert.Single(accounts.Lines));
    }

    [Fact]
    public async Task A_backup_replaces_nothing_and_needs_a_catalog()
    {
        await using var server = await ServerProcess.StartAsync(folder.Path);
        await File.WriteAllTextAsync(folder.File("precious"), "precious");
        var existing = await Command.RpcStoreAsync("backup", folder.File("precious"), "--data", server.Data);
        Assert.Equal(5, existing.ExitCode);
        Assert.Contains("precious", existing.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File("precious")));

        var nowhere = await Command.RpcStoreAsync("backup", folder.File("new"), "--data", folder.File("nowhere"));
        Assert.Equal(5, nowhere.ExitCode);
        Assert.Contains("--data", nowhere.Error);
        Assert.False(File.Exists(folder.File("new")));
    }

    [Fact]
    public async Task Damage_is_found_and_told()
    {
        Directory.CreateDirectory(folder.File("data"));
        await File.WriteAllTextAsync(Path.Combine(folder.File("data"), "catalog.db"), new string('x', 8192));
        var result = await Command.RpcStoreAsync("catalog", "check", "--data", folder.File("data"));
        Assert.Equal(1, result.ExitCode);
        Assert.NotEmpty(result.Lines);
    }
}
