using System.Net;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>Sites as a person makes them, and as a browser sees them.</summary>
public sealed class SiteCommandTests(SiteFixture fixture) : IClassFixture<SiteFixture>
{
    [Fact]
    public async Task A_folder_becomes_a_site_in_two_commands_and_goes_again()
    {
        var folder = Directory.CreateDirectory(fixture.File("made")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "first");
        (await fixture.RunAsync("flists", "upload", folder, "--name", "made")).ShouldSucceed();
        (await fixture.RunAsync("sites", "publish", "made", "--prefix", "/made", "--public")).ShouldSucceed();
        using var http = new HttpClient { BaseAddress = new Uri(fixture.Url) };
        Assert.Equal("first", await http.GetStringAsync(new Uri("/made/", UriKind.Relative)));
        Assert.Contains("/made\tlocal/made\tpublic", (await fixture.RunAsync("sites", "list")).ShouldSucceed().Output, StringComparison.Ordinal);

        var shown = (await fixture.RunAsync("flists", "show", "made")).ShouldSucceed().Output;
        Assert.Contains("site\t/made\n", shown, StringComparison.Ordinal);
        var json = System.Text.Json.Nodes.JsonNode.Parse((await fixture.RunAsync("--json", "flists", "show", "made")).ShouldSucceed().Output)!;
        Assert.Equal(("made", "/made"), ((string)json["name"]!, (string)json["sites"]![0]!["prefix"]!));

        // A new content is there when the upload is answered.
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "second");
        (await fixture.RunAsync("flists", "upload", folder, "--name", "made")).ShouldSucceed();
        Assert.Equal("second", await http.GetStringAsync(new Uri("/made/", UriKind.Relative)));

        (await fixture.RunAsync("sites", "update", "/made", "--private")).ShouldSucceed();
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/made/", UriKind.Relative))).StatusCode);
        (await fixture.RunAsync("sites", "update", "/made", "--public", "--spa")).ShouldSucceed();
        using var navigation = new HttpRequestMessage(HttpMethod.Get, "/made/some/where") { Headers = { { "Accept", "text/html" } } };
        Assert.Equal("second", await (await http.SendAsync(navigation)).Content.ReadAsStringAsync());

        var refused = await fixture.RunAsync("flists", "delete", "made");
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("published", refused.Error, StringComparison.Ordinal);
        (await fixture.RunAsync("sites", "unpublish", "/made")).ShouldSucceed();
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync(new Uri("/made/", UriKind.Relative))).StatusCode);
        (await fixture.RunAsync("flists", "delete", "made")).ShouldSucceed();
        Assert.Equal(1, (await fixture.RunAsync("sites", "unpublish", "/made")).ExitCode);
    }

    [Fact]
    public async Task A_site_on_a_domain_outlives_the_server()
    {
        using var folder = new TemporaryFolder();
        var content = Directory.CreateDirectory(folder.File("content")).FullName;
        await File.WriteAllTextAsync(Path.Combine(content, "index.html"), "of the domain");
        var server = await ServerProcess.StartAsync(folder.Path);
        async Task<CommandResult> RunAsync(params string[] arguments) => await Command.RpcStoreAsync(["--server", $"unix:{server.Socket}", .. arguments]);
        (await RunAsync("flists", "upload", content, "--name", "site")).ShouldSucceed();
        (await RunAsync("sites", "publish", "site", "--domain", "Docs.Example.org", "--public")).ShouldSucceed();
        await server.DisposeAsync();

        await using var again = await ServerProcess.StartAsync(folder.Path);
        var curl = await Command.ShellAsync($"curl -sS -H 'Host: docs.example.ORG:80' http://127.0.0.1:{again.Port}/");
        Assert.Equal("of the domain", curl.ShouldSucceed().Output);
    }

    [Theory]
    [InlineData("--prefix", "/rpc", "uses paths below /rpc")]
    [InlineData("--prefix", "/docs", "is taken")]
    [InlineData("--prefix", "docs", "begins with '/'")]
    [InlineData("--domain", "localhost", "the server's own")]
    public async Task An_address_that_cannot_be_is_refused_by_name(string option, string value, string reason)
    {
        var refused = await fixture.RunAsync("sites", "publish", "site", option, value);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_shows_the_page_with_its_style_script_and_picture()
    {
        await Tools.NeedAsync("chromium");
        var shown = await Command.ShellAsync(
            $"""
            timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
              --disable-component-update --disable-sync --user-data-dir={fixture.File("browser")} --virtual-time-budget=10000 \
              --dump-dom {fixture.Url} 2>/dev/null
            """);
        Assert.Contains("<p id=\"seen\">rgb(1, 2, 3) 321</p>", shown.ShouldSucceed().Output, StringComparison.Ordinal);
    }
}
