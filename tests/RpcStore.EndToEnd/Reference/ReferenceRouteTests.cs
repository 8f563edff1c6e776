using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Reference;

/// <summary><c>GET /openrpc</c> as HTTP has it.</summary>
public sealed partial class ReferenceRouteTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task It_is_one_page_with_headers_that_keep_others_out()
    {
        using var client = fixture.CreateGuestHttpClient();
        using var response = await client.GetAsync("/openrpc");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Header(response, "X-Content-Type-Options"));
        Assert.Equal("no-referrer", Header(response, "Referrer-Policy"));
        Assert.Equal("same-origin", Header(response, "Cross-Origin-Opener-Policy"));
        Assert.Equal("no-cache", Header(response, "Cache-Control"));
        var policy = Header(response, "Content-Security-Policy").Split("; ");
        Assert.Equal("default-src 'none'", policy[0]);
        Assert.Contains("connect-src 'self'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);

        // The policy names exactly the script and the style that are there, by their hashes, and nothing by an address.
        var html = await response.Content.ReadAsStringAsync();
        Assert.Contains($"script-src '{HashOf(Scripts().Match(html))}'", policy);
        Assert.Contains($"style-src '{HashOf(Styles().Match(html))}'", policy);
        Assert.Single(Scripts().Matches(html));
        Assert.DoesNotMatch(@"(src|href)=""?(https?:)?//", html);
        Assert.DoesNotMatch("(?i)<[^>]* (on[a-z]+|style)=", html);
    }

    [Fact]
    public async Task It_has_every_method_type_and_error_of_the_contract()
    {
        using var client = fixture.CreateHttpClient();
        var html = await client.GetStringAsync("/openrpc");
        Assert.All(Access.AccessTable.Methods, method => Assert.Contains($"id=\"{method.Name}\"", html, StringComparison.Ordinal));
        Assert.All(Access.AccessTable.Document["components"]!["errors"]!.AsObject(), error => Assert.Contains($"id=\"error-{error.Key}\"", html, StringComparison.Ordinal));
        Assert.All(Access.AccessTable.Routes, route => Assert.Contains($"<code>{WebUtility.HtmlEncode(route.Name)}</code>", html, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, br;q=0", "gzip")]
    [InlineData("identity", null)]
    public async Task It_is_compressed_for_who_takes_it(string accepted, string? coding)
    {
        using var client = fixture.CreateGuestHttpClient();
        var plain = await client.GetByteArrayAsync("/openrpc");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openrpc");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var response = await client.SendAsync(request);
        Assert.Equal(coding, response.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal("Accept-Encoding", response.Headers.Vary.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal(response.Content.Headers.ContentLength, bytes.Length);
        Assert.True(coding is null || bytes.Length < plain.Length / 4, $"{bytes.Length} of {plain.Length} bytes");
        using var stream = coding switch
        {
            "br" => new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress),
            "gzip" => (Stream)new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress),
            _ => new MemoryStream(bytes),
        };
        using var unpacked = new MemoryStream();
        await stream.CopyToAsync(unpacked);
        Assert.Equal(plain, unpacked.ToArray());
    }

    [Fact]
    public async Task A_copy_that_is_still_right_is_not_sent_again()
    {
        using var client = fixture.CreateGuestHttpClient();
        using var first = await client.GetAsync("/openrpc");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openrpc");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());

        // The compressed form is another representation, with a tag of its own.
        using var other = new HttpRequestMessage(HttpMethod.Get, "/openrpc");
        other.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("br"));
        other.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var third = await client.SendAsync(other);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
    }

    [Fact]
    public async Task Head_tells_the_length_alone()
    {
        using var client = fixture.CreateGuestHttpClient();
        using var response = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/openrpc"));
        Assert.True(response.Content.Headers.ContentLength > 100_000);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_page_of_another_origin_may_not_read_it()
    {
        using var client = fixture.CreateGuestHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openrpc");
        request.Headers.Add("Origin", "http://elsewhere.test");
        using var response = await client.SendAsync(request);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"));
    }

    /// <summary>A site may have everything that is not the server's own, which the page is.</summary>
    [Fact]
    public async Task No_site_takes_its_place()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("openrpc"), "a site");
        await File.WriteAllTextAsync(folder.File("worker.js"), "addEventListener('fetch', () => {});");
        async Task<CommandResult> Run(params string[] arguments) => await Command.RpcStoreAsync(["--server", fixture.Server.Url, .. arguments]);
        (await Run("flists", "upload", folder.Path, "--name", "root")).ShouldSucceed();
        foreach (var prefix in (string[])["/openrpc", "/openrpc/", "/openrpc/docs"])
        {
            var refused = await Run("sites", "publish", "root", "--prefix", prefix, "--public");
            Assert.NotEqual(0, refused.ExitCode);
            Assert.Contains("/openrpc", refused.Error, StringComparison.Ordinal);
        }

        (await Run("sites", "publish", "root", "--prefix", "/", "--public", "--index")).ShouldSucceed();
        using var client = fixture.CreateGuestHttpClient();
        Assert.Contains("<!doctype html>", await client.GetStringAsync("/openrpc"), StringComparison.Ordinal);
        Assert.Contains("blobs.has", await client.GetStringAsync("/openrpc"), StringComparison.Ordinal);

        // What a browser asks for to put it between itself and every page of this origin.
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/worker.js")).StatusCode);
        using var worker = new HttpRequestMessage(HttpMethod.Get, "/worker.js");
        worker.Headers.Add("Service-Worker", "script");
        Assert.Equal(HttpStatusCode.Forbidden, (await client.SendAsync(worker)).StatusCode);
        (await Run("sites", "unpublish", "/")).ShouldSucceed();
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.GetValues(name).Single();

    private static string HashOf(Match match) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(match.Groups[1].Value)))}";

    [GeneratedRegex("<script[^>]*>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Scripts();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Styles();
}
