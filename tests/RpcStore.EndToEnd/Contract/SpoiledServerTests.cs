using System.Net.Sockets;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Contract;

/// <summary>
/// <c>rpcstore contract-test</c> against servers that do not keep their contract, and against contracts that a server does not
/// keep: what is wrong is named, and nothing else.
/// </summary>
public sealed class SpoiledServerTests(ContractTestFixture fixture) : IClassFixture<ContractTestFixture>
{
    private const string Impossible = "no such parameter";

    [Fact]
    public async Task Each_wrong_answer_is_found_where_it_is()
    {
        await using var proxy = SpoilingProxy.Start(_ => ConnectLocalAsync(), Spoil);
        var found = await ContractTestFixture.FindFailuresAsync(proxy.Url, "--guest-server", fixture.Server.TcpUrl, "--timeout", "2s");

        AssertFailures(found, new()
        {
            ["server.info example: info"] = "/result/limits: Required properties [\"maxBlobBytes\"] are not present",
            ["server.status example: status of a fresh server"] = "/result/connections: Value is \"string\" but should be \"integer\"",
            ["blobs.list example: a fresh server holds the empty blob"] = "/result/blobs/0/storedAt: Value does not match format \"date-time\"",
            ["blobs.has example: one is here, one is not"] = "the result is another one",
            ["blobs.get error: notFound: a blob that is not here"] = "the error is teapot (418)",
            ["blobs.get invalidParams: id is missing"] = "the call was answered with a result",
            ["blobs.download error: notFound: a blob that is not here"] = "/error/data/colour: ",
            ["flists.list invalidParams: limit: is above the maximum"] = "data.pointer is \"\"",
            ["transfers.get access: admin is let in"] = "the method does not declare the error teapot (418)",
            ["flists.get invalidParams: an unknown parameter"] = "data has no reason",
            ["auth.sessions access: admin is let in"] = "no answer within 2 seconds",
            ["blobs.stat access: admin is let in"] = "What the server sent is no message",
            ["blobs.verify example: one is right, one is not here"] = "The server closed the connection without an answer",
            ["journal.query example: logins that failed"] = "the answer is not that of the request with the id",
            ["journal.totals example: by account"] = "the answer has neither a result nor an error",
            ["sites.list example: a fresh server has none"] = "/jsonrpc",
        });
    }

    [Fact]
    public async Task Whoever_is_let_in_against_the_contract_is_found()
    {
        // A guest is served as an admin by two methods, and refused as a user would be by a third.
        await using var proxy = SpoilingProxy.Start(
            request => (string)request["method"]! is "journal.totals" or "blobs.has" ? ConnectLocalAsync() : ConnectTcpAsync(),
            (method, _, answer) =>
            {
                if (method == "accounts.list")
                {
                    answer["error"] = JsonNode.Parse("""{"code":403,"message":"no","data":{"name":"forbidden","access":"admin"}}""");
                }

                return null;
            });
        var found = await ContractTestFixture.FindFailuresAsync(fixture.Server.Url, "--guest-server", proxy.Url);
        AssertFailures(found, new()
        {
            ["journal.totals access: guest is refused"] = "the error is invalidParams (-32602)",
            ["blobs.has access: guest is refused"] = "the error is invalidParams (-32602)",
            ["accounts.list access: guest is refused"] = "the error is forbidden (403)",
        });
    }

    [Fact]
    public async Task A_contract_that_the_server_does_not_follow_is_told_apart_from_it()
    {
        var document = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Repository.Root, "openrpc.json")))!;
        JsonNode Method(string name) => document["methods"]!.AsArray().Single(method => (string)method!["name"]! == name)!;
        document["components"]!["schemas"]!["ServerStatus"]!["required"]!.AsArray().Add("colour");
        Method("server.info")["x-access"] = "user";
        Method("blobs.get")["examples"]![0]!["result"]!["value"]!["size"] = 1;
        Method("transfers.get")["params"]!.AsArray().Add(JsonNode.Parse("""{"name":"colour","required":true,"schema":{"type":"string","maxLength":3}}"""));
        var unknown = Method("auth.whoami").DeepClone();
        unknown["name"] = "auth.whoareyou";
        document["methods"]!.AsArray().Add(unknown);
        await File.WriteAllTextAsync(fixture.File("spoiled.json"), document.ToJsonString());

        var found = await ContractTestFixture.FindFailuresAsync(fixture.Server.Url, "--contract", fixture.File("spoiled.json"));
        Assert.Equal(
            ["auth.whoareyou", "blobs.get", "server.info", "server.status", "transfers.get"],
            found.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
        Assert.Contains("colour", found["server.status example: status of a fresh server"], StringComparison.Ordinal);
        Assert.Contains("the error is invalidParams", found["server.info access: guest is refused"], StringComparison.Ordinal);
        Assert.Equal("the result is another one", found["blobs.get example: the empty blob"]);
        Assert.Equal("the error is notFound (404)", found["transfers.get invalidParams: colour is missing"]);
        Assert.Contains("methodNotFound", found["auth.whoareyou example: the server's own user on the local socket"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("silence")]
    [InlineData("garbage")]
    [InlineData("hang up")]
    public async Task A_server_that_answers_nothing_that_is_an_answer_ends_the_test_soon(string kind)
    {
        await using var proxy = SpoilingProxy.Start(
            _ => ConnectLocalAsync(),
            (_, _, _) => kind switch { "silence" => SpoilingProxy.Silence, "garbage" => "<html>", _ => SpoilingProxy.HangUp });

        // Its document cannot be had. With one from elsewhere each method is told of, and none waits for long.
        var discovered = await ContractTestFixture.RunAsync(proxy.Url, "--timeout", "1s");
        Assert.Equal(3, discovered.ExitCode);
        Assert.DoesNotContain("   at ", discovered.Error, StringComparison.Ordinal);

        var result = await ContractTestFixture.RunAsync(
            proxy.Url, "--timeout", "1s", "--format", "json", "--contract", Path.Combine(Repository.Root, "openrpc.json"));
        Assert.Equal(1, result.ExitCode);
        var report = JsonNode.Parse(result.Output)!;
        Assert.Equal(0, (int)report["passed"]!);
        Assert.NotEqual(0, (int)report["failed"]!);
    }

    [Fact]
    public async Task What_cannot_be_tested_with_is_refused_before_anything_is_called()
    {
        await File.WriteAllTextAsync(fixture.File("empty.json"), "{}");
        await File.WriteAllTextAsync(fixture.File("broken.json"), "{");
        await File.WriteAllTextAsync(fixture.File("lost.json"), """{"methods":[{"name":"a.b","params":[],"result":{"name":"r","schema":{"$ref":"#/components/schemas/Gone"}}}]}""");
        foreach (var (file, reason) in ((string, string)[])[("empty.json", "no methods"), ("broken.json", "cannot be tested with"), ("lost.json", "a.b: the reference")])
        {
            var result = await ContractTestFixture.RunAsync(fixture.Server.Url, "--contract", fixture.File(file));
            Assert.Equal(2, result.ExitCode);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        }

        Assert.Equal(2, (await ContractTestFixture.RunAsync(fixture.Server.Url, "--timeout", "soon")).ExitCode);
        Assert.Equal(5, (await ContractTestFixture.RunAsync(fixture.Server.Url, "--output", "/no/such/folder/report")).ExitCode);
        Assert.Equal(3, (await ContractTestFixture.RunAsync("tcp://127.0.0.1:1")).ExitCode);
    }

    private static void AssertFailures(Dictionary<string, string> found, Dictionary<string, string> expected)
    {
        Assert.Equal(expected.Keys.Order(), found.Keys.Order());
        Assert.All(expected, one => Assert.Contains(one.Value, found[one.Key], StringComparison.Ordinal));
    }

    private static string? Spoil(string method, JsonObject request, JsonObject answer)
    {
        var isImpossible = request["params"]![Impossible] is not null;
        var result = answer["result"];
        var name = (string?)answer["error"]?["data"]?["name"];
        var reason = (string?)answer["error"]?["data"]?["reason"] ?? "";
        switch (method)
        {
            case "server.info" when result is not null:
                result["limits"]!.AsObject().Remove("maxBlobBytes");
                break;
            case "server.status" when result is not null:
                result["connections"] = "many";
                break;
            case "blobs.list" when result is not null:
                result["blobs"]![0]!["storedAt"] = "2026-11-21 09:00";
                break;
            case "blobs.has" when result is not null:
                (result["present"], result["missing"]) = (result["missing"]!.DeepClone(), result["present"]!.DeepClone());
                break;
            case "blobs.get" when name == "notFound":
                answer["error"] = Teapot();
                break;
            case "blobs.get" when name == "invalidParams" && request["params"]!.AsObject().Count == 0:
                answer.Remove("error");
                answer["result"] = new JsonObject();
                break;
            case "blobs.download" when name == "notFound":
                answer["error"]!["data"]!["colour"] = "red";
                break;
            case "flists.list" when reason.Contains("at most 1", StringComparison.Ordinal):
                answer["error"]!["data"]!["pointer"] = "";
                break;
            case "transfers.get" when IsAccessCase(request):
                answer["error"] = Teapot();
                break;
            case "flists.get" when isImpossible && !IsAccessCase(request):
                answer["error"]!["data"]!.AsObject().Remove("reason");
                break;
            case "auth.sessions":
                return SpoilingProxy.Silence;
            case "blobs.stat" when IsAccessCase(request):
                return "<html>";
            case "blobs.verify" when result is not null:
                return SpoilingProxy.HangUp;
            case "journal.query" when result is not null:
                answer["id"] = "another";
                break;
            case "journal.totals" when result is not null:
                answer.Remove("result");
                break;
            case "sites.list" when result is not null:
                answer["jsonrpc"] = "1.0";
                break;
        }

        return null;
    }

    /// <summary>Whether a request has nothing but the impossible parameter; one about parameters has the required ones beside it.</summary>
    private static bool IsAccessCase(JsonObject request) => request["params"]!.AsObject() is { Count: 1 } only && only.ContainsKey(Impossible);

    private static JsonNode Teapot() => JsonNode.Parse("""{"code":418,"message":"short and stout","data":{"name":"teapot"}}""")!;

    private async Task<Stream> ConnectLocalAsync() =>
        new NetworkStream(await AdminClient.ConnectAsync(fixture.Server.Socket, CancellationToken.None), ownsSocket: true);

    private async Task<Stream> ConnectTcpAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync("127.0.0.1", fixture.Server.Port);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
