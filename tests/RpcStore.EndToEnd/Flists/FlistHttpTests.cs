using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Flists;

/// <summary>The routes of flists: who sees what, conditions, and parts of files.</summary>
public sealed class FlistHttpTests(ServerFixture fixture) : IClassFixture<ServerFixture>, IDisposable
{
    private static int people;

    private readonly AdminClient local = new(fixture.Socket);
    private readonly HttpClient guest = fixture.CreateGuestHttpClient();

    private HttpClient Admin => local.Http;

    public void Dispose()
    {
        local.Dispose();
        guest.Dispose();
    }

    [Fact]
    public async Task Guests_see_public_flists_users_their_own_too_and_admins_all()
    {
        using var ada = await CreateAsync("user");
        using var bob = await CreateAsync("user");
        foreach (var person in (string[])[ada.Account, bob.Account])
        {
            (await Admin.PutFlistAsync($"{person}/open?public=true", TestTree.Tar($"a={person}"))).ShouldSucceed();
            (await Admin.PutFlistAsync($"{person}/closed", TestTree.Tar($"a={person}"))).ShouldSucceed();
        }

        string[] open = [$"{ada.Account}/open", $"{bob.Account}/open"];
        Assert.Equal(open, await SeenAsync(guest));
        Assert.Equal([$"{ada.Account}/closed", $"{ada.Account}/open", $"{bob.Account}/open"], await SeenAsync(ada.Http));
        Assert.Equal([$"{ada.Account}/open", $"{bob.Account}/closed", $"{bob.Account}/open"], await SeenAsync(bob.Http));
        Assert.Equal(4, (await SeenAsync(Admin)).Length);
        Assert.Equal(HttpStatusCode.OK, (await ada.Http.GetAsync($"/flists/{ada.Account}/closed/files/a")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await guest.GetAsync($"/flists/{ada.Account}/open/files/a")).StatusCode);

        async Task<string[]> SeenAsync(HttpClient http)
        {
            var names = await http.ListNamesAsync();
            return [.. names.Where(name => name.StartsWith(ada.Account + "/", StringComparison.Ordinal) || name.StartsWith(bob.Account + "/", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public async Task A_private_flist_is_answered_as_one_that_is_not_there()
    {
        using var other = await CreateAsync("user");
        (await Admin.PutFlistAsync("local/hidden", TestTree.Tar("a=secret"))).ShouldSucceed();
        foreach (var http in (HttpClient[])[guest, other.Http])
        {
            foreach (var path in (string[])["", "?format=tar", "?format=blobs", "/files/a", "/files/absent"])
            {
                Assert.Equal(await AnswerAsync("hidden"), await AnswerAsync("absent"));

                async Task<(int Status, string Text)> AnswerAsync(string name)
                {
                    using var response = await http.GetAsync($"/flists/local/{name}{path}");
                    Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
                    return ((int)response.StatusCode, (await response.Content.ReadAsStringAsync()).Replace(name, "NAME", StringComparison.Ordinal));
                }
            }

            foreach (var method in (string[])["flists.get", "flists.tree"])
            {
                var hidden = await http.RefusedAsync(method, """{"account":"local","name":"hidden"}""");
                var absent = await http.RefusedAsync(method, """{"account":"local","name":"absent"}""");
                Assert.Equal(hidden.Error.ToJsonString().Replace("hidden", "absent", StringComparison.Ordinal), absent.Error.ToJsonString());
            }
        }

        var diff = await other.Http.RefusedAsync("flists.diff", """{"before":"hidden","beforeAccount":"local","after":"hidden","afterAccount":"local"}""");
        Assert.Equal("notFound", diff.Name);
        Assert.Equal("notFound", (await other.Http.RefusedAsync("flists.download", """{"account":"local","name":"hidden"}""")).Name);
    }

    [Fact]
    public async Task Only_admins_upload_change_and_delete()
    {
        using var user = await CreateAsync("user");
        (await guest.PutFlistAsync("local/mine", TestTree.Tar("a=b"))).ShouldFail(401, "unauthenticated", "");
        (await user.Http.PutFlistAsync($"{user.Account}/mine", TestTree.Tar("a=b"))).ShouldFail(403, "forbidden", "");
        (await Admin.PutFlistAsync($"{user.Account}/theirs", TestTree.Tar("a=b"))).ShouldSucceed();
        foreach (var method in (string[])["flists.delete", "flists.upload"])
        {
            Assert.Equal("forbidden", (await user.Http.RefusedAsync(method, """{"name":"theirs"}""")).Name);
            Assert.Equal("unauthenticated", (await guest.RefusedAsync(method, $$"""{"name":"theirs","account":"{{user.Account}}"}""")).Name);
        }

        Assert.Equal("theirs", (string)(await user.Http.CallAsync("flists.get", """{"name":"theirs"}"""))["name"]!);
        Assert.Contains("/account", (await guest.RefusedAsync("flists.get", """{"name":"theirs"}""")).Error.ToJsonString());
    }

    [Fact]
    public async Task An_upload_is_created_first_and_then_not_and_conditions_hold()
    {
        var created = (await Admin.PutFlistAsync("local/conditions", TestTree.Tar("a=1"), "none")).ShouldSucceed();
        Assert.Equal((201, "created"), (created.Status, (string)created.Body["status"]!));
        (await Admin.PutFlistAsync("local/conditions", TestTree.Tar("a=2"), "none")).ShouldFail(412, "preconditionFailed", created.Digest);
        (await Admin.PutFlistAsync("local/conditions", TestTree.Tar("a=2"), new string('0', 64))).ShouldFail(412, "preconditionFailed", created.Digest);
        var replaced = (await Admin.PutFlistAsync("local/conditions", TestTree.Tar("a=2"), created.Digest)).ShouldSucceed();
        Assert.Equal((200, "replaced"), (replaced.Status, (string)replaced.Body["status"]!));
        (await Admin.PutFlistAsync("local/absent", TestTree.Tar("a=2"), created.Digest)).ShouldFail(412, "preconditionFailed", "not there");

        using var weak = new HttpRequestMessage(HttpMethod.Put, "/flists/local/conditions") { Content = new ByteArrayContent(TestTree.Tar("a=3")) };
        weak.Headers.IfMatch.Add(new EntityTagHeaderValue($"\"{replaced.Digest}\"", isWeak: true));
        using var refused = await Admin.SendAsync(weak);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("If-Match", await refused.Content.ReadAsStringAsync());
        Assert.Equal(replaced.Digest, (string)(await Admin.GetFlistAsync("local/conditions"))["digest"]!);
    }

    [Fact]
    public async Task The_fl_has_a_tag_a_head_and_ranges()
    {
        var reply = (await Admin.PutFlistAsync("local/tagged?public=true", TestTree.Tar("a=1", "b=2"))).ShouldSucceed();
        using var whole = await guest.GetAsync("/flists/local/tagged");
        var bytes = await whole.Content.ReadAsByteArrayAsync();
        Assert.Equal(reply.Digest, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        Assert.Equal($"\"{reply.Digest}\"", whole.Headers.ETag!.ToString());
        Assert.True(whole.Headers.CacheControl!.NoCache);
        Assert.Equal("tagged.fl", whole.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        await AssertPartsAsync("/flists/local/tagged", bytes, whole.Headers.ETag);

        (await Admin.PutFlistAsync("local/tagged", TestTree.Tar("a=other"))).ShouldSucceed();
        Assert.Equal(HttpStatusCode.OK, (await SendAsync("/flists/local/tagged", request => request.Headers.IfNoneMatch.Add(whole.Headers.ETag))).StatusCode);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_300_000)]
    public async Task A_file_has_a_tag_a_head_and_ranges(int size)
    {
        var bytes = TestTree.Noise(new Random(size), size);
        (await Admin.PutFlistAsync("local/parts?public=true", TestTree.Tar(("d/file", bytes), ("empty", [])))).ShouldSucceed();
        using var whole = await guest.GetAsync("/flists/local/parts/files/d/file");
        Assert.Equal(bytes, await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal("bytes", Assert.Single(whole.Headers.AcceptRanges));
        await AssertPartsAsync("/flists/local/parts/files/d/file", bytes, whole.Headers.ETag!);
        Assert.Empty(await guest.GetByteArrayAsync("/flists/local/parts/files/empty"));
    }

    [Theory]
    [InlineData("d", HttpStatusCode.Conflict, "is no file")]
    [InlineData("link", HttpStatusCode.Conflict, "is no file")]
    [InlineData("", HttpStatusCode.Conflict, "is no file")]
    [InlineData("d/absent", HttpStatusCode.NotFound, "d/absent")]
    [InlineData("..%2fd%2ffile", HttpStatusCode.NotFound, "")]
    [InlineData("d%2f..%2f..%2f..%2fetc%2fpasswd", HttpStatusCode.NotFound, "")]
    [InlineData("d/file/more", HttpStatusCode.NotFound, "")]
    public async Task What_is_no_file_is_not_given(string path, HttpStatusCode status, string reason)
    {
        var tar = new MemoryStream();
        await using (var writer = new System.Formats.Tar.TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(TestTree.File("d/file", "x"u8.ToArray()));
            writer.WriteEntry(new System.Formats.Tar.PaxTarEntry(System.Formats.Tar.TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
        }

        (await Admin.PutFlistAsync("local/nofile?public=true", tar.ToArray())).ShouldSucceed();
        using var response = await guest.GetAsync("/flists/local/nofile/files/" + path);
        Assert.Equal(status, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "?format=zip", "/format")]
    [InlineData("PUT", "?public=maybe", "/public")]
    [InlineData("PUT", "?allowIncomplete=1", "/allowIncomplete")]
    public async Task A_query_that_means_nothing_is_refused_by_name(string method, string query, string reason)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/flists/local/x" + query) { Content = new ByteArrayContent(TestTree.Tar("a=1")) };
        using var response = await Admin.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(reason, await response.Content.ReadAsStringAsync());
        Assert.DoesNotContain("local/x", await Admin.ListNamesAsync());
    }

    [Fact]
    public async Task A_page_of_a_tree_is_good_for_the_content_that_it_came_from()
    {
        (await Admin.PutFlistAsync("local/paged", TestTree.Tar("a=1", "b=2", "c=3"))).ShouldSucceed();
        var first = await Admin.CallAsync("flists.tree", """{"name":"paged","limit":2}""");
        var rest = await Admin.CallAsync("flists.tree", $$"""{"name":"paged","limit":2,"cursor":"{{first["cursor"]}}"}""");
        Assert.Equal(["/a", "/b", "/c"], first["entries"]!.AsArray().Concat(rest["entries"]!.AsArray()).Select(entry => (string)entry!["path"]!));
        Assert.Null(rest["cursor"]);
        (await Admin.PutFlistAsync("local/paged", TestTree.Tar("a=1", "b=2", "d=3"))).ShouldSucceed();
        Assert.Equal("conflict", (await Admin.RefusedAsync("flists.tree", $$"""{"name":"paged","cursor":"{{first["cursor"]}}"}""")).Name);
        Assert.Equal("invalidParams", (await Admin.RefusedAsync("flists.tree", """{"name":"paged","cursor":"x"}""")).Name);
    }

    private async Task AssertPartsAsync(string path, byte[] bytes, EntityTagHeaderValue tag)
    {
        using var head = await SendAsync(path, request => request.Method = HttpMethod.Head);
        Assert.Equal((HttpStatusCode.OK, bytes.Length, tag), (head.StatusCode, (int)head.Content.Headers.ContentLength!, head.Headers.ETag));
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());

        using var known = await SendAsync(path, request => request.Headers.IfNoneMatch.Add(tag));
        Assert.Equal((HttpStatusCode.NotModified, tag), (known.StatusCode, known.Headers.ETag));
        using var other = await SendAsync(path, request => request.Headers.IfNoneMatch.Add(new EntityTagHeaderValue("\"other\"")));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);

        var last = bytes.Length - 1;
        foreach (var (from, to) in ((int?, int?)[])[(0, 0), (0, last), (last, null), (null, 1), (last / 2, last / 2), (last / 2, null), (524_287, 524_288), (524_288, 1_048_600)])
        {
            using var part = await SendAsync(path, request => request.Headers.Range = new RangeHeaderValue(from, to));
            if (from > last)
            {
                Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, part.StatusCode);
                Assert.Equal($"bytes */{bytes.Length}", part.Content.Headers.ContentRange!.ToString());
                continue;
            }

            var (start, end) = (from ?? bytes.Length - to!.Value, from is null ? last : Math.Min(to ?? last, last));
            Assert.Equal(HttpStatusCode.PartialContent, part.StatusCode);
            Assert.Equal($"bytes {start}-{end}/{bytes.Length}", part.Content.Headers.ContentRange!.ToString());
            Assert.Equal(bytes[start..(end + 1)], await part.Content.ReadAsByteArrayAsync());
        }

        using var stale = await SendAsync(path, request =>
        {
            request.Headers.Range = new RangeHeaderValue(0, 0);
            request.Headers.IfRange = new RangeConditionHeaderValue(new EntityTagHeaderValue("\"other\""));
        });
        Assert.Equal((HttpStatusCode.OK, bytes.Length), (stale.StatusCode, (await stale.Content.ReadAsByteArrayAsync()).Length));
    }

    private async Task<HttpResponseMessage> SendAsync(string path, Action<HttpRequestMessage> change)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        change(request);
        return await guest.SendAsync(request);
    }

    private Task<Visitor> CreateAsync(string role) =>
        Visitor.CreateAsync(fixture.Server, local, $"seer-{Interlocked.Increment(ref people)}", role);
}
