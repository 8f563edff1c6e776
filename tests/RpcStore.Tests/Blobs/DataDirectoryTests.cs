using System.Text.Json;
using RpcStore.Core;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Blobs;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryDirectory temporary = new();

    private string Data => temporary.Combine("a", "data");

    private string Identity => Path.Combine(Data, "rpcstore.json");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void A_new_one_is_private_and_says_what_it_is()
    {
        using var data = DataDirectory.Open(Data + "/");
        Assert.Equal(Data, data.Path);
        Assert.Equal("drwx------", Tool.Run("stat", null, "-c", "%A", Data).Trim());
        using var json = JsonDocument.Parse(File.ReadAllBytes(Identity));
        Assert.Equal(1, json.RootElement.GetProperty("layout").GetInt32());
        Assert.Equal(data.ServerId, json.RootElement.GetProperty("serverId").GetString());
        Assert.Matches("^[0-9a-f]{32}$", data.ServerId);
        Assert.True(Directory.Exists(data.SpoolPath));
    }

    [Fact]
    public void It_keeps_its_id_and_loses_its_spool()
    {
        string id;
        using (var data = DataDirectory.Open(Data))
        {
            id = data.ServerId;
            File.WriteAllText(Path.Combine(data.SpoolPath, "answer"), "half");
        }

        using var again = DataDirectory.Open(Data);
        Assert.Equal(id, again.ServerId);
        Assert.Empty(Directory.GetFileSystemEntries(again.SpoolPath));
    }

    [Fact]
    public void Only_one_server_uses_it()
    {
        using (DataDirectory.Open(Data))
        {
            AssertRefused(Fault.Conflict, "another server");
        }

        DataDirectory.Open(Data).Dispose();
    }

    [Theory]
    [InlineData("{\"layout\":2,\"serverId\":\"00000000000000000000000000000000\"}", "newer")]
    [InlineData("{\"layout\":0,\"serverId\":\"00000000000000000000000000000000\"}", "broken")]
    [InlineData("{\"layout\":1}", "broken")]
    [InlineData("{\"layout\":1,\"serverId\":\"xyz\"}", "broken")]
    [InlineData("{", "broken")]
    [InlineData("null", "broken")]
    [InlineData("", "broken")]
    public void An_identity_that_it_does_not_understand_is_refused_and_left_alone(string identity, string message)
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Identity, identity);
        AssertRefused(Fault.Conflict, message);
        Assert.Equal(identity, File.ReadAllText(Identity));
    }

    [Fact]
    public void A_folder_with_other_things_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Data);
        File.WriteAllText(Path.Combine(Data, "thesis.txt"), "years of work");
        AssertRefused(Fault.Conflict, "holds other things");
        Assert.Equal(["thesis.txt"], Directory.GetFileSystemEntries(Data).Select(Path.GetFileName));
    }

    [Fact]
    public void An_empty_folder_will_do_and_what_an_interrupted_first_start_has_left()
    {
        Directory.CreateDirectory(Path.Combine(Data, "lost+found"));
        File.WriteAllText(Path.Combine(Data, "rpcstore.lock"), "");
        File.WriteAllText(Path.Combine(Data, "rpcstore.json.new"), "{\"lay");
        using var data = DataDirectory.Open(Data);
        Assert.True(File.Exists(Identity));
        Assert.False(File.Exists(Path.Combine(Data, "rpcstore.json.new")));
    }

    [Fact]
    public void What_cannot_be_written_is_refused()
    {
        Directory.CreateDirectory(temporary.Combine("a"));
        File.WriteAllText(Data, "a file");
        AssertRefused(Fault.Unavailable, "cannot be used");
    }

    private void AssertRefused(Fault fault, string message)
    {
        var error = Assert.Throws<StoreException>(() => DataDirectory.Open(Data).Dispose());
        Assert.Equal(fault, error.Fault);
        Assert.Contains(message, error.Message);
    }
}
