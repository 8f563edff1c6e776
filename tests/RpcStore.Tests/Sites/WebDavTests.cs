using System.Globalization;
using System.Net;
using System.Text;
using System.Xml.Linq;
using RpcStore.Core.Flists;
using RpcStore.Core.Sites;
using Xunit;

namespace RpcStore.Tests.Sites;

/// <summary>What a WebDAV client gets of a site (RFC 4918, class 1 without writing).</summary>
public sealed class WebDavTests : IAsyncLifetime
{
    private static readonly XNamespace Dav = "DAV:";

    private SiteServer server = null!;

    public async ValueTask InitializeAsync()
    {
        server = await SiteServer.StartAsync();
        var tree = new SiteTree().File("index.html", "<p>hello</p>").File("dir/ü &<>\".txt", "text").File("dir/sub/x", "x").Directory("empty")
            .Link("link.txt", "dir/sub/x").Link("linked", "dir").Link("broken", "nowhere").Other("pipe", FlistKind.Fifo);
        for (var i = 0; i < 700; i++)
        {
            tree.File($"many/{i:000}", "");
        }

        await server.PublishAsync(tree, "/dav", options: new SiteOptions { IsPublic = true, HasWebDav = true });
    }

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task OPTIONS_tells_class_1_and_the_methods()
    {
        var answer = await server.SendAsync("OPTIONS", "/dav/");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("1", answer.Headers.GetValues("DAV").Single());
        Assert.Equal("DAV", answer.Headers.GetValues("MS-Author-Via").Single());
        Assert.Equal("OPTIONS, GET, HEAD, PROPFIND", string.Join(", ", answer.Content.Headers.Allow));
    }

    [Fact]
    public async Task All_properties_of_a_file_are_those_of_GET()
    {
        var (status, body) = await FindAsync("/dav/index.html", "0", null);
        Assert.Equal(207, status);
        var response = body!.Root!.Elements(Dav + "response").Single();
        Assert.Equal("/dav/index.html", response.Element(Dav + "href")!.Value);
        var properties = Ok(response);
        var get = await server.GetAsync("/dav/index.html");
        Assert.Equal("12", properties["getcontentlength"].Value);
        Assert.Equal(get.Content.Headers.ContentType!.ToString(), properties["getcontenttype"].Value);
        Assert.Equal(get.Headers.ETag!.ToString(), properties["getetag"].Value);
        Assert.Equal(get.Content.Headers.LastModified!.Value.ToString("R", CultureInfo.InvariantCulture), properties["getlastmodified"].Value);
        Assert.Equal("2020-09-13T12:26:40Z", properties["creationdate"].Value);
        Assert.Equal("index.html", properties["displayname"].Value);
        Assert.Empty(properties["resourcetype"].Elements());
        Assert.Empty(properties["supportedlock"].Elements());
    }

    [Fact]
    public async Task A_directory_is_listed_one_level_deep_with_links_as_what_they_lead_to()
    {
        var (_, body) = await FindAsync("/dav", "1", null);
        var found = body!.Root!.Elements(Dav + "response").ToDictionary(
            one => one.Element(Dav + "href")!.Value, one => Ok(one)["resourcetype"].Element(Dav + "collection") is not null);
        Assert.Equal(
            new Dictionary<string, bool>
            {
                ["/dav/"] = true,
                ["/dav/dir/"] = true,
                ["/dav/empty/"] = true,
                ["/dav/index.html"] = false,
                ["/dav/link.txt"] = false,
                ["/dav/linked/"] = true,
                ["/dav/many/"] = true,
            },
            found);
    }

    [Fact]
    public async Task Names_are_encoded_in_hrefs_and_escaped_in_XML()
    {
        var (_, body) = await FindAsync("/dav/dir/", "1", null);
        var file = body!.Root!.Elements(Dav + "response").Single(one => one.Element(Dav + "href")!.Value.EndsWith("txt", StringComparison.Ordinal));
        Assert.Equal("/dav/dir/%C3%BC%20&%3C%3E%22.txt", file.Element(Dav + "href")!.Value);
        Assert.Equal("ü &<>\".txt", Ok(file)["displayname"].Value);
        Assert.Equal("text", await (await server.GetAsync(file.Element(Dav + "href")!.Value)).Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_large_directory_comes_whole()
    {
        var (_, body) = await FindAsync("/dav/many/", "1", "<propfind xmlns='DAV:'><prop><getcontentlength/></prop></propfind>");
        Assert.Equal(701, body!.Root!.Elements(Dav + "response").Count());
    }

    [Fact]
    public async Task Properties_that_were_asked_for_are_told_and_others_are_404()
    {
        var (_, body) = await FindAsync("/dav/dir/", "0", """
            <D:propfind xmlns:D="DAV:" xmlns:x="urn:x"><D:prop><D:resourcetype/><D:getcontentlength/><x:colour/><plain/></D:prop></D:propfind>
            """);
        var stats = body!.Root!.Element(Dav + "response")!.Elements(Dav + "propstat").ToDictionary(
            one => one.Element(Dav + "status")!.Value, one => one.Element(Dav + "prop")!.Elements().Select(name => name.Name.ToString()).ToArray());
        Assert.Equal(["{DAV:}resourcetype"], stats["HTTP/1.1 200 OK"]);
        Assert.Equal(["{DAV:}getcontentlength", "{urn:x}colour", "plain"], stats["HTTP/1.1 404 Not Found"]);
    }

    [Fact]
    public async Task Names_alone_are_told_without_values()
    {
        var (_, body) = await FindAsync("/dav/index.html", "0", "<propfind xmlns='DAV:'><propname/></propfind>");
        var properties = Ok(body!.Root!.Element(Dav + "response")!);
        Assert.Equal(8, properties.Count);
        Assert.All(properties.Values, one => Assert.Equal("", one.Value));
    }

    [Theory]
    [InlineData("infinity")]
    [InlineData(null)]
    public async Task A_whole_tree_at_once_is_refused_as_the_RFC_says(string? depth)
    {
        var (status, body) = await FindAsync("/dav/", depth, null);
        Assert.Equal(403, status);
        Assert.NotNull(body!.Root!.Element(Dav + "propfind-finite-depth"));
    }

    [Theory]
    [InlineData("<propfind xmlns='DAV:'><allprop/>", 400)]
    [InlineData("<propfind xmlns='DAV:'/>", 400)]
    [InlineData("<propfind><allprop/></propfind>", 400)]
    [InlineData("<propfind xmlns='DAV:'><allprop/><propname/></propfind>", 400)]
    [InlineData("<propfind xmlns='DAV:'><prop><bar:foo xmlns:bar=''/></prop></propfind>", 400)]
    [InlineData("<!DOCTYPE propfind [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><propfind xmlns='DAV:'><prop><a>&x;</a></prop></propfind>", 400)]
    [InlineData("not xml", 400)]
    [InlineData("<propfind xmlns='DAV:'><unknown/><allprop/><include><x/></include></propfind>", 207)]
    public async Task A_body_is_read_strictly(string xml, int status) => Assert.Equal(status, (await FindAsync("/dav/", "0", xml)).Status);

    [Fact]
    public async Task A_body_that_is_too_large_and_a_wrong_depth_are_refused()
    {
        Assert.Equal(413, (await FindAsync("/dav/", "0", new string(' ', 70_000))).Status);
        Assert.Equal(400, (await FindAsync("/dav/", "2", null)).Status);
    }

    [Theory]
    [InlineData("/dav/nothing")]
    [InlineData("/dav/broken")]
    [InlineData("/dav/pipe")]
    [InlineData("/dav/index.html/")]
    [InlineData("/dav//index.html")]
    public async Task What_is_not_there_is_404(string path) => Assert.Equal(404, (await FindAsync(path, "0", null)).Status);

    [Theory]
    [InlineData("PUT", 403)]
    [InlineData("DELETE", 403)]
    [InlineData("MKCOL", 403)]
    [InlineData("COPY", 403)]
    [InlineData("MOVE", 403)]
    [InlineData("PROPPATCH", 403)]
    [InlineData("LOCK", 405)]
    [InlineData("UNLOCK", 405)]
    [InlineData("POST", 405)]
    public async Task Nothing_can_be_written(string method, int status)
    {
        var answer = await server.SendAsync(method, "/dav/index.html");
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(status == 405, answer.Content.Headers.Allow.Count > 0);
    }

    private static Dictionary<string, XElement> Ok(XElement response) => response.Elements(Dav + "propstat")
        .Single(one => one.Element(Dav + "status")!.Value == "HTTP/1.1 200 OK").Element(Dav + "prop")!.Elements().ToDictionary(one => one.Name.LocalName);

    private async Task<(int Status, XDocument? Body)> FindAsync(string path, string? depth, string? xml)
    {
        var request = new HttpRequestMessage(new HttpMethod("PROPFIND"), path);
        if (depth is not null)
        {
            request.Headers.Add("Depth", depth);
        }

        if (xml is not null)
        {
            request.Content = new StringContent(xml, Encoding.UTF8, "application/xml");
        }

        var answer = await server.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType == "application/xml" ? XDocument.Parse(text) : null);
    }
}
