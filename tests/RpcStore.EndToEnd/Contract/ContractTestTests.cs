using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Contract;

/// <summary><c>rpcstore contract-test</c> against a server that keeps its contract.</summary>
public sealed class ContractTestTests(ContractTestFixture fixture) : IClassFixture<ContractTestFixture>
{
    private static readonly string[] Roles = ["guest", "user", "admin"];

    [Theory]
    [InlineData("unix")]
    [InlineData("tcp")]
    [InlineData("ws")]
    [InlineData("http")]
    public async Task A_fresh_server_passes_with_everything_played_by_guest_user_and_admin(string scheme)
    {
        await using var fresh = new ContractTestFixture();
        await fresh.InitializeAsync();
        var url = scheme == "unix" ? fresh.Server.Url : fresh.Server.TcpUrl.Replace("tcp:", scheme + ":", StringComparison.Ordinal);
        string[] admin = scheme == "unix" ? [] : ["--admin-key", fresh.AdminKey];
        var result = await ContractTestFixture.RunAsync(
            url, ["--changes", "--user-key", fresh.UserKey, .. admin, "--format", "json", "--output", fresh.File("report.json")]);
        result.ShouldSucceed();

        var report = JsonNode.Parse(await File.ReadAllTextAsync(fresh.File("report.json")))!;
        Assert.Equal($"{report["passed"]} passed, 0 failed, {report["notTried"]} not tried, in {report["seconds"]} s", result.Lines.Single());
        AssertNothingWasLeftOut(report);

        // The sessions that the test opened have ended.
        var sessions = (await Command.RpcStoreAsync("--server", fresh.Server.Url, "--json", "sessions", "list", "--all")).ShouldSucceed();
        Assert.Empty(JsonNode.Parse(sessions.Output)!.AsArray());
    }

    [Fact]
    public async Task Without_being_allowed_to_nothing_is_changed()
    {
        using var admin = new AdminClient(fixture.Server.Socket);
        var before = await ReadStateAsync(admin);
        var result = await ContractTestFixture.RunAsync(fixture.Server.Url, "--user-key", fixture.UserKey, "--format", "junit");
        result.ShouldSucceed();
        Assert.Equal(before, await ReadStateAsync(admin));

        var suites = XDocument.Parse(result.Output).Root!;
        var skipped = suites.Descendants("testcase").Where(one => one.Element("skipped") is not null).ToArray();
        Assert.Equal((string)suites.Attribute("tests")!, suites.Descendants("testcase").Count().ToString());
        Assert.Equal((string)suites.Attribute("skipped")!, skipped.Length.ToString());
        Assert.Equal("0", (string)suites.Attribute("failures")!);
        Assert.Contains(skipped, one => (string)one.Attribute("classname")! == "blobs.put" && (string)one.Attribute("name")! == "example: hello"
            && (string)one.Element("skipped")!.Attribute("message")! == "it changes the server");
        Assert.Contains(skipped, one => (string)one.Attribute("classname")! == "accounts.get"
            && (string)one.Element("skipped")!.Attribute("message")! == "it needs accounts.create, which changes the server");
    }

    [Fact]
    public async Task A_role_that_nobody_has_is_not_tried_and_a_guest_alone_tries_what_a_guest_can()
    {
        var report = await ReportAsync(fixture.Server.TcpUrl);
        Assert.Equal(["guest"], report["callers"]!.AsArray().Where(one => one!["caller"] is not null).Select(one => (string)one!["role"]!));
        var access = ContractTestFixture.Cases(report).Where(one => (string)one.Case["kind"]! == "access").ToArray();
        Assert.All(access, one => Assert.Equal((string)one.Case["role"]! == "guest" ? "passed" : "notTried", (string)one.Case["outcome"]!));
        Assert.All(
            ContractTestFixture.Cases(report).Where(one => (string)one.Case["kind"]! == "example"),
            one => Assert.Equal("notTried", (string)one.Case["outcome"]!));
        Assert.Contains(ContractTestFixture.Cases(report), one => one is { Method: "flists.list", Case: var found }
            && (string)found["kind"]! == "invalidParams" && (string)found["outcome"]! == "passed");
    }

    [Fact]
    public async Task People_get_a_line_a_method_and_are_told_that_a_local_socket_has_no_guest()
    {
        var lines = (await ContractTestFixture.RunAsync(fixture.Server.Url, "--guest-server", fixture.Server.Url)).ShouldSucceed().Lines;
        Assert.Matches("^  guest  nobody: the server takes .* for the admin$", lines.Single(line => line.StartsWith("  guest", StringComparison.Ordinal)));
        Assert.Matches("^ok     blobs.get  +[0-9]+ passed, [0-9]+ not tried; errors seen: .*notFound.*; errors not seen: .*tooLarge", lines.Single(line => line.Contains(" blobs.get ")));
        Assert.Matches("^[0-9]+ passed, 0 failed, [0-9]+ not tried, in [0-9.]+ s$", lines[^1]);
    }

    [Fact]
    public async Task An_endpoint_of_another_server_is_refused()
    {
        await using var other = SpoilingProxy.Start(_ => ConnectAsync(), (_, _, answer) =>
        {
            answer["result"]!["serverId"] = new string('0', 32);
            return null;
        });
        var refused = await ContractTestFixture.RunAsync(fixture.Server.Url, "--guest-server", other.Url);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("another server", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_is_not_of_the_role_it_is_given_for_is_refused()
    {
        var result = await ContractTestFixture.RunAsync(fixture.Server.Url, "--admin-key", fixture.UserKey);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("for the user", result.Error, StringComparison.Ordinal);
    }

    private async Task<Stream> ConnectAsync() =>
        new NetworkStream(await AdminClient.ConnectAsync(fixture.Server.Socket, CancellationToken.None), ownsSocket: true);

    private static async Task<JsonNode> ReportAsync(string url, params string[] arguments) =>
        JsonNode.Parse((await ContractTestFixture.RunAsync(url, ["--format", "json", .. arguments])).ShouldSucceed().Output)!;

    private static void AssertNothingWasLeftOut(JsonNode report)
    {
        var cases = ContractTestFixture.Cases(report).ToArray();
        foreach (var (word, outcome) in ((string, string)[])[("passed", "passed"), ("failed", "failed"), ("notTried", "notTried")])
        {
            Assert.Equal((int)report[word]!, cases.Count(one => (string)one.Case["outcome"]! == outcome));
        }

        Assert.All(report["callers"]!.AsArray(), one => Assert.NotNull(one!["caller"]));
        foreach (var method in AccessNames())
        {
            Assert.All(Roles, role => Assert.Contains(cases, one =>
                one.Method == method && (string?)one.Case["role"] == role && (string)one.Case["outcome"]! == "passed"));
        }

        // What is left takes more than a call; an error that was not seen is not counted as one that was.
        Assert.All(cases.Where(one => (string)one.Case["outcome"]! == "notTried"), one =>
            Assert.Matches("^it takes more than a call|^no example provokes it|^no refusal by role provokes it", (string)one.Case["reason"]!));
        var blobs = report["methods"]!.AsArray().Single(method => (string)method!["name"]! == "blobs.get")!;
        Assert.Equal(["invalidParams", "unauthenticated", "notFound"], blobs["errorsProvoked"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(
            ["internal", "forbidden", "tooLarge", "digestMismatch", "unavailable"],
            blobs["errorsNotProvoked"]!.AsArray().Select(name => (string)name!));
    }

    private static IEnumerable<string> AccessNames() =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(Repository.Root, "openrpc.json")))!["methods"]!.AsArray().Select(method => (string)method!["name"]!);

    private static async Task<string> ReadStateAsync(AdminClient admin) => string.Join('\n', [
        (await admin.CallAsync("accounts.list"))["accounts"]!.AsArray().Select(account => account!["name"]!.ToJsonString()).Order().Aggregate("", string.Concat),
        (await admin.CallAsync("blobs.list")).ToJsonString(),
        (await admin.CallAsync("flists.list")).ToJsonString(),
        (await admin.CallAsync("sites.list")).ToJsonString(),
    ]);
}
