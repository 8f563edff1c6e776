using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Accounts;

/// <summary>Logging in with nothing but a shell: the script of the README.</summary>
public sealed class ShellLoginTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("ed25519")]
    [InlineData("ecdsa")]
    public async Task A_key_of_ssh_keygen_logs_in_and_the_token_works_with_curl(string type)
    {
        var result = await RunAsync(
            $"""
            ssh-keygen -q -t {type} -N '' -C 'a "comment" \ of mine' -f "$DIR/id"
            "$RPCSTORE" --server "$SOCKET" accounts add shell-{type} --role user --key-file "$DIR/id.pub" > "$DIR/log"
            echo from a shell > "$DIR/blob"
            id=$("$RPCSTORE" --server "$SOCKET" blobs put "$DIR/blob")
            token=$(spec/examples/login.sh "$URL" "$DIR/id")
            curl -sS -H "Authorization: Bearer $token" "$URL/blobs/$id"
            curl -sS -H "Authorization: Bearer $token" "$URL/rpc" -d '{"{"}"jsonrpc":"2.0","id":1,"method":"auth.whoami"{"}"}'
            rm "$DIR/id.pub"
            curl -sS -o "$DIR/log" -w '\n%{"{"}http_code{"}"}\n' -H "Authorization: Bearer $(spec/examples/login.sh "$URL/" "$DIR/id")" "$URL/blobs/$id"
            curl -sS -o "$DIR/log" -w '%{"{"}http_code{"}"}\n' "$URL/blobs/$id"
            """);
        result.ShouldSucceed();
        Assert.Equal("from a shell", result.Lines[0]);
        Assert.Contains($"\"account\":\"shell-{type}\"", result.Lines[1]);
        Assert.Equal(["200", "401"], result.Lines[^2..]);
    }

    [Fact]
    public async Task A_login_that_fails_ends_the_script()
    {
        var result = await RunAsync(
            """
            ssh-keygen -q -t ed25519 -N '' -f "$DIR/id"
            spec/examples/login.sh "$URL" "$DIR/id"
            """);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal("", result.Output);
        Assert.Contains("unauthenticated", result.Error);
    }

    private Task<CommandResult> RunAsync(string script) => Command.ShellAsync(script, new Dictionary<string, string>
    {
        ["DIR"] = folder.Path,
        ["RPCSTORE"] = Repository.Command,
        ["SOCKET"] = fixture.Server.Url,
        ["URL"] = $"http://127.0.0.1:{fixture.Server.Port}",
    });
}
