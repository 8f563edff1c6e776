using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>Key files, without any server.</summary>
public sealed class KeyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_new_key_is_one_that_ssh_keygen_takes()
    {
        var file = folder.File("key");
        var made = (await Command.RpcStoreAsync("keys", "new", file, "--comment", "ada's laptop")).ShouldSucceed();
        var line = Assert.Single(made.Lines);
        Assert.Equal(line + "\n", await File.ReadAllTextAsync(file + ".pub"));
        Assert.EndsWith(" ada's laptop", line);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

        Assert.Equal(line, (await Command.RunAsync("ssh-keygen", ["-y", "-f", file])).ShouldSucceed().Output.TrimEnd());
        var shown = (await Command.RpcStoreAsync("keys", "show", file)).ShouldSucceed();
        Assert.Equal(line, shown.Lines[0]);
        Assert.Contains($" {shown.Lines[1]} ", (await Command.RunAsync("ssh-keygen", ["-l", "-f", file])).ShouldSucceed().Output);
        Assert.Equal(shown.Lines, (await Command.RpcStoreAsync("keys", "show", file + ".pub")).ShouldSucceed().Lines);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("key.pub")]
    public async Task No_file_is_replaced(string existing)
    {
        await File.WriteAllTextAsync(folder.File(existing), "precious");
        var result = await Command.RpcStoreAsync("keys", "new", folder.File("key"));
        Assert.Equal(5, result.ExitCode);
        Assert.Contains(folder.File(existing), result.Error);
        Assert.Equal("precious", await File.ReadAllTextAsync(folder.File(existing)));
        Assert.Single(Directory.EnumerateFiles(folder.Path));
    }
}
