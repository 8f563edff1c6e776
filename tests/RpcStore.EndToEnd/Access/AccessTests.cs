using System.Net;
using System.Text.Json.Nodes;
using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Access;

/// <summary>
/// Everything in the contract, asked for by everybody over everything that carries calls: the server lets in whom
/// <c>x-access</c> names, and refuses the others with the right error. What is asked for can do nothing: access is checked
/// before parameters, which are wrong.
/// </summary>
public sealed class AccessTests(AccessFixture fixture) : IClassFixture<AccessFixture>
{
    public static TheoryData<string, string> MethodMatrix => Matrix(AccessTable.Methods);

    public static TheoryData<string, string> RouteMatrix => Matrix(AccessTable.Routes);

    [Theory]
    [MemberData(nameof(MethodMatrix))]
    public async Task A_method_is_for_whom_the_contract_says(string method, string caller)
    {
        var subject = AccessTable.Methods.Single(one => one.Name == method);
        var asker = fixture.Find(caller);
        var request = $$$"""{"jsonrpc":"2.0","id":1,"method":"{{{method}}}","params":{"no such parameter":true}}""";
        var expected = AccessTable.Expect(subject.Access, asker.Role);
        Assert.Equal(expected, Judge(await asker.AskStreamAsync(request), subject));
        Assert.Equal(expected, Judge(await asker.AskWebSocketAsync(request), subject));
        Assert.Equal(expected, Judge(await asker.AskPostAsync(request), subject));
    }

    [Theory]
    [MemberData(nameof(RouteMatrix))]
    public async Task A_route_is_for_whom_the_contract_says(string route, string caller)
    {
        var subject = AccessTable.Routes.Single(one => one.Name == route);
        var asker = fixture.Find(caller);
        var expected = AccessTable.Expect(subject.Access, asker.Role);
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        Assert.Equal(expected, await RequestAsync(asker, new HttpMethod(method), path, subject));
        if (method == "GET")
        {
            Assert.Equal(expected, await RequestAsync(asker, HttpMethod.Head, path, subject));
        }
    }

    [Fact]
    public void The_table_for_people_is_that_of_the_contract()
    {
        var page = File.ReadAllLines(Path.Combine(Repository.Root, "spec", "access.md"));
        var table = page.SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|'));
        Assert.Equal(AccessTable.Render(), string.Concat(table.Select(line => line + Environment.NewLine)));
    }

    [Fact]
    public async Task The_server_has_this_contract_and_nothing_beside_it()
    {
        var admin = fixture.Find("admin over the local socket");
        using var http = admin.CreateHttpClient();
        var served = JsonNode.Parse(await http.GetStringAsync("/openrpc.json"))!;
        Assert.True(JsonNode.DeepEquals(Access(AccessTable.Document), Access(served)));

        foreach (var path in (string[])["/", "/rpc/", "/blobs/a/b", "/accounts", "/catalog.db", "/transfers", "/blocks", "/rpc.discover"])
        {
            using var response = await http.GetAsync(path);
            Assert.True(response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed or HttpStatusCode.BadRequest, path);
        }

        foreach (var method in (string[])["PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE"])
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "/openrpc.json");
            using var response = await http.SendAsync(request);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        }
    }

    private static TheoryData<string, string> Matrix(IEnumerable<AccessSubject> subjects) =>
        [.. subjects.SelectMany(subject => AccessFixture.Names.Select(caller => (subject.Name, caller)))];

    /// <summary>Who may do what, without the rest.</summary>
    private static JsonObject Access(JsonNode document) => new()
    {
        ["methods"] = new JsonArray([.. document["methods"]!.AsArray().Select(method => (JsonNode)$"{method!["name"]} {method["x-access"]}")]),
        ["routes"] = new JsonArray([.. document["x-routes"]!.AsArray().Select(route => (JsonNode)$"{route!["method"]} {route["path"]} {route["access"]}")]),
    };

    /// <summary>What a reply says of the caller. Whoever is let in is told that there is no such parameter.</summary>
    private static string Judge(JsonNode reply, AccessSubject subject)
    {
        var data = reply["error"]?["data"];
        var name = (string?)data?["name"];
        if (name == "invalidParams" && (string?)data!["pointer"] == "/no such parameter")
        {
            return AccessTable.Allowed;
        }

        return name is "unauthenticated" or "forbidden" && (string?)data!["access"] == subject.Access ? name : reply.ToJsonString();
    }

    private static async Task<string> RequestAsync(AccessCaller asker, HttpMethod method, string path, AccessSubject subject)
    {
        using var http = asker.CreateHttpClient();
        var filled = string.Join('/', path.Split('/').Select(part => part.StartsWith('{') ? Fill(part, path) : part));
        using var request = new HttpRequestMessage(method, filled);
        request.Content = method == HttpMethod.Put || method == HttpMethod.Post ? new StringContent("x") : null;
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsStringAsync();
        if (subject.HasTextErrors)
        {
            return JudgeText(response, body, method, path);
        }

        var error = body.StartsWith('{') ? JsonNode.Parse(body)!["error"]?["data"] : null;
        switch (response.StatusCode)
        {
            case HttpStatusCode.Unauthorized when response.Headers.WwwAuthenticate.ToString() == "Bearer" && IsAbout("unauthenticated"):
                return "unauthenticated";
            case HttpStatusCode.Forbidden when IsAbout("forbidden"):
                return "forbidden";
            case HttpStatusCode.OK or HttpStatusCode.BadRequest:
            case HttpStatusCode.NotFound when error is not null
                || (method == HttpMethod.Head && response.Content.Headers.ContentType?.MediaType == "application/json"):
            case HttpStatusCode.MethodNotAllowed when method == HttpMethod.Head && path == "/transfers/{token}":
                // Let in: the path or the body is wrong, or there is no such transfer; a HEAD would use up a transfer.
                return AccessTable.Allowed;
            default:
                return $"{(int)response.StatusCode} {body}";
        }

        // Paths that are told apart by what they look like have to look like it.
        static string Fill(string part, string path) =>
            part.EndsWith(".fl", StringComparison.Ordinal) ? "x.fl"
            : path is "/{hash}" or "/{aa}/{hash}" ? (part == "{aa}" ? "00" : new string('0', 64))
            : "x";

        bool IsAbout(string name) =>
            method == HttpMethod.Head || ((string?)error?["name"] == name && (string?)error["access"] == subject.Access);
    }

    /// <summary>What the answer of a route says whose errors are for people alone.</summary>
    private static string JudgeText(HttpResponseMessage response, string body, HttpMethod method, string path)
    {
        Assert.True(method == HttpMethod.Head || response.IsSuccessStatusCode || response.Content.Headers.ContentType?.MediaType == "text/plain", body);
        return response.StatusCode switch
        {
            HttpStatusCode.Unauthorized when response.Headers.WwwAuthenticate.ToString() == "Bearer" => "unauthenticated",
            HttpStatusCode.Forbidden => "forbidden",
            HttpStatusCode.OK or HttpStatusCode.BadRequest or HttpStatusCode.NotFound => AccessTable.Allowed,
            HttpStatusCode.Created when path == "/api/v1/file" => AccessTable.Allowed,
            HttpStatusCode.NotImplemented when path == "/api/v1/fl" => AccessTable.Allowed,
            _ => $"{(int)response.StatusCode} {body}",
        };
    }
}
