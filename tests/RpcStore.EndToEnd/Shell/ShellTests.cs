using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Shell;

/// <summary>What a shell script does with nothing but <c>curl</c>, <c>socat</c> and <c>tar</c>.</summary>
public sealed class ShellTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Status = """{"jsonrpc":"2.0","id":1,"method":"server.status"}""";

    [Fact]
    public async Task Curl_posts_a_call_to_the_socket()
    {
        var result = await RunAsync($"curl -sS --unix-socket $SOCK http://localhost/rpc -d '{Status}'");
        var reply = JsonNode.Parse(result.Output)!;
        Assert.True(reply["result"]!["blobs"]!.GetValue<long>() >= 1, result.Output);
        Assert.Equal(1, reply["id"]!.GetValue<int>());
    }

    [Fact]
    public async Task Socat_writes_a_call_to_the_socket_and_gets_a_line()
    {
        var result = await RunAsync($"printf '{Status}' | socat - UNIX-CONNECT:$SOCK");
        Assert.EndsWith("}\n", result.Output);
        Assert.NotNull(JsonNode.Parse(result.Output)!["result"]!["uptimeSeconds"]);
    }

    [Fact]
    public async Task Socat_writes_several_calls_and_gets_a_line_for_each()
    {
        var result = await RunAsync(
            """
            printf '{"jsonrpc":"2.0","id":1,"method":"server.info"}{"jsonrpc":"2.0","id":2,"method":"server.info"}
              {"jsonrpc":"2.0","id":3,"method":"server.info"}' | socat - UNIX-CONNECT:$SOCK
            """);
        Assert.Equal([1, 2, 3], result.Lines.Select(line => JsonNode.Parse(line)!["id"]!.GetValue<int>()).Order());
    }

    [Fact]
    public async Task Curl_puts_and_gets_one_blob()
    {
        var result = await RunAsync(
            """
            cd $(mktemp -d)
            echo one blob from a shell > file
            id=$(sha256sum file | cut -c1-64)
            curl -sS --unix-socket $SOCK -T file -w '%{http_code}\n' -o answer http://localhost/blobs/$id
            curl -sS --unix-socket $SOCK -T file -w '%{http_code}\n' -o answer http://localhost/blobs/$id
            curl -sS --unix-socket $SOCK http://localhost/blobs/$id
            curl -sS --unix-socket $SOCK -H 'Range: bytes=4-7' http://localhost/blobs/$id
            rm -r $PWD
            """);
        Assert.Equal("201\n200\none blob from a shell\nblob", result.Output);
    }

    [Fact]
    public async Task Tar_and_curl_move_a_batch_in_and_out()
    {
        var result = await RunAsync(
            """
            cd $(mktemp -d)
            mkdir in out
            for n in $(seq 60); do echo "shell blob $n" > tmp; mv tmp in/$(sha256sum tmp | cut -c1-64); done
            tar -C in -czf batch.tar.gz .
            curl -sS --unix-socket $SOCK --data-binary @batch.tar.gz http://localhost/blobs > answer; head -c 45 answer; echo
            printf '{"ids":["%s"]}' "$(ls in | paste -sd, | sed 's/,/","/g')" > ids.json
            curl -sS --unix-socket $SOCK --data-binary @ids.json http://localhost/blobs/tar | tar -x -C out
            diff -r in out && ls out | wc -l
            rm -r $PWD
            """);
        Assert.Equal("""{"stored":60,"existing":0,"failed":0,"bytes":""", result.Lines[0]);
        Assert.Equal("60", result.Lines[1]);
    }

    [Fact]
    public async Task A_guest_moves_bytes_with_the_url_of_a_transfer()
    {
        var result = await RunAsync(
            $$$"""
            cd $(mktemp -d)
            echo through a capability > file
            id=$(sha256sum file | cut -c1-64)
            mv file $id && tar -cf batch.tar $id
            url() { curl -sS --unix-socket $SOCK http://localhost/rpc -d "$1" | grep -o '/transfers/[A-Za-z0-9_-]*'; }
            up=$(url '{"jsonrpc":"2.0","id":1,"method":"blobs.upload"}')
            curl -sS -T batch.tar http://127.0.0.1:{{{fixture.Server.Port}}}$up > answer; head -c 11 answer; echo
            down=$(url '{"jsonrpc":"2.0","id":1,"method":"blobs.download","params":{"ids":["'$id'"]}}')
            curl -sS http://127.0.0.1:{{{fixture.Server.Port}}}$down | tar -xO
            curl -sS -o answer -w '%{http_code}\n' http://127.0.0.1:{{{fixture.Server.Port}}}$down
            rm -r $PWD
            """);
        Assert.Equal("""
            {"stored":1
            through a capability
            409

            """.ReplaceLineEndings("\n"), result.Output);
    }

    private async Task<CommandResult> RunAsync(string script) =>
        (await Command.ShellAsync(script, new Dictionary<string, string> { ["SOCK"] = fixture.Socket })).ShouldSucceed();
}
