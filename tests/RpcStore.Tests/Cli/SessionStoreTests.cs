using RpcStore.Cli.Sessions;
using RpcStore.Contract.Connections;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>Where logins are kept between commands.</summary>
public sealed class SessionStoreTests : IDisposable
{
    private static readonly EndpointUrl Here = EndpointUrl.Parse("tcp://127.0.0.1:9750");
    private static readonly DateTimeOffset Expiry = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly TemporaryDirectory temporary = new();

    private string Folder => temporary.Combine("state", "rpcstore");

    public void Dispose() => temporary.Dispose();

    [Fact]
    public void What_was_saved_is_found_and_what_was_removed_is_not()
    {
        var store = new SessionStore(Folder);
        Assert.Null(store.Find(Here));
        store.Remove(Here);

        Save(store, Here, "rpcs_one");
        Assert.Equal(new StoredSession("tcp://127.0.0.1:9750", "server", "rpcs_one", "id", "ops", Expiry), new SessionStore(Folder).Find(Here));

        store.Remove(Here);
        Assert.Null(store.Find(Here));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    [Fact]
    public void Only_the_owner_may_read_it()
    {
        Save(new SessionStore(Folder), Here, "rpcs_one");
        var file = Assert.Single(Directory.EnumerateFiles(Folder));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Folder));
        Assert.DoesNotContain("127.0.0.1", Path.GetFileName(file));
    }

    [Theory]
    [InlineData("tcp://127.0.0.1:9751")]
    [InlineData("tcp://127.0.0.2:9750")]
    [InlineData("http://127.0.0.1:9750")]
    [InlineData("unix:/tmp/x.sock")]
    public void Another_server_has_none(string url)
    {
        var store = new SessionStore(Folder);
        Save(store, Here, "rpcs_one");
        Assert.Null(store.Find(EndpointUrl.Parse(url)));
    }

    [Theory]
    [InlineData("tcp://LocalHost:9750", "tcp://localhost:9750/")]
    [InlineData("http://[400::a]:9750", "http://[400::A]:9750/rpc")]
    [InlineData("unix:/tmp/../tmp/x.sock", "unix:///tmp/x.sock")]
    public void One_server_has_one_session_however_it_is_written(string one, string other)
    {
        var store = new SessionStore(Folder);
        Save(store, EndpointUrl.Parse(one), "rpcs_one");
        Assert.Equal("rpcs_one", store.Find(EndpointUrl.Parse(other))?.Token);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"server":"tcp://127.0.0.1:9750","serverId":null,"token":"a","sessionId":"b","account":"c","expiresAt":"2026-11-21T09:00:00Z"}""")]
    [InlineData("""{"server":"tcp://elsewhere:1","serverId":"s","token":"a","sessionId":"b","account":"c","expiresAt":"2026-11-21T09:00:00Z"}""")]
    public void A_damaged_file_is_named_and_is_no_session(string content)
    {
        var store = new SessionStore(Folder);
        Save(store, Here, "rpcs_one");
        var file = Directory.EnumerateFiles(Folder).Single();
        File.WriteAllText(file, content);
        Assert.Contains(file, Assert.Throws<IOException>(() => store.Find(Here)).Message);

        Save(store, Here, "rpcs_two");
        Assert.Equal("rpcs_two", store.Find(Here)!.Token);
    }

    [Fact]
    public async Task Whoever_reads_while_others_write_gets_the_whole_of_one()
    {
        var store = new SessionStore(Folder);
        Save(store, Here, "rpcs_0");
        using var done = new CancellationTokenSource();
        var reading = Task.Run(() =>
        {
            var reads = 0;
            for (; !done.IsCancellationRequested || reads == 0; reads++)
            {
                Assert.StartsWith("rpcs_", store.Find(Here)!.Token);
            }

            return reads;
        });
        Parallel.For(0, 200, n => Save(store, Here, $"rpcs_{n}"));
        await done.CancelAsync();
        Assert.True(await reading > 0);
        Assert.Single(Directory.EnumerateFileSystemEntries(Folder));
    }

    private static void Save(SessionStore store, EndpointUrl server, string token) =>
        store.Save(server, "server", token, "id", "ops", Expiry);
}
