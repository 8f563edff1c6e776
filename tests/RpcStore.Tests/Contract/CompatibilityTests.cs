using System.Text.Json.Nodes;
using RpcStore.CodeGen.Compatibility;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What clients of the contract that was released last can rely on.</summary>
public sealed class CompatibilityTests
{
    private const string Document =
        """
        {
          "methods": [
            {
              "name": "things.find", "x-access": "guest",
              "params": [
                { "name": "kind", "required": true, "schema": { "$ref": "#/components/schemas/Kind" } },
                { "name": "limit", "schema": { "type": "integer", "minimum": 1, "maximum": 10, "default": 5 } },
                { "name": "filter", "schema": { "type": "object", "required": ["text"], "properties": { "text": { "type": "string", "maxLength": 9 }, "deep": { "type": "boolean" } } } }
              ],
              "result": { "name": "found", "schema": { "$ref": "#/components/schemas/Found" } }
            }
          ],
          "components": {
            "schemas": {
              "Kind": { "type": "string", "enum": ["small", "large"] },
              "Found": { "type": "object", "required": ["items", "kind"], "properties": { "items": { "type": "array", "maxItems": 10, "items": { "$ref": "#/components/schemas/Found" } }, "kind": { "$ref": "#/components/schemas/Kind" }, "id": { "type": "string", "pattern": "^a$" } } }
            },
            "errors": { "notFound": { "code": 404 } }
          },
          "x-routes": [{ "method": "GET", "path": "/things/{id}", "access": "user" }]
        }
        """;

    [Fact]
    public void What_breaks_clients_of_the_last_release_is_named_in_the_changes()
    {
        var named = Directory.EnumerateFiles(Path.Combine(ContractFiles.Repository, "spec", "changes"), "0*.md")
            .SelectMany(File.ReadLines)
            .Where(line => line.StartsWith("- Breaking: `", StringComparison.Ordinal))
            .Select(line => line["- Breaking: `".Length..].TrimEnd('`'))
            .ToHashSet();
        var changes = ContractComparer.Compare(Read("spec/released/openrpc.json"), Read("openrpc.json"));
        Assert.All(changes, change => Assert.Contains(change.ToString(), named));
    }

    [Fact]
    public void The_same_document_breaks_nothing() => Assert.Empty(Compare("", ""));

    [Theory]
    [InlineData("\"things.find\"", "\"things.list\"", "things.find: the method is gone")]
    [InlineData("\"x-access\": \"guest\"", "\"x-access\": \"user\"", "things.find: it is for user only, and was for guest")]
    [InlineData("\"name\": \"limit\"", "\"name\": \"most\"", "things.find params.limit: the parameter is gone")]
    [InlineData("{ \"name\": \"limit\",", "{ \"name\": \"limit\", \"required\": true,", "things.find params.limit: the parameter must be given, and need not before")]
    [InlineData("{ \"name\": \"limit\",", "{ \"name\": \"new\", \"required\": true, \"schema\": {} }, { \"name\": \"limit\",",
        "things.find params.limit: by position it is number 3, and was number 2|things.find params.filter: by position it is number 4, and was number 3|things.find params.new: the parameter is new and must be given")]
    [InlineData("\"maximum\": 10", "\"maximum\": 9", "things.find params.limit: maximum is 9, and was 10")]
    [InlineData("\"default\": 5", "\"default\": 6", "things.find params.limit: left out it counts as 6, and was 5")]
    [InlineData("\"required\": [\"text\"]", "\"required\": [\"text\", \"deep\"]", "things.find params.filter.deep: the member must be given, and need not before")]
    [InlineData("\"deep\": { \"type\": \"boolean\" }", "\"other\": { \"type\": \"boolean\" }", "things.find params.filter.deep: the member is gone")]
    [InlineData("\"type\": \"string\", \"maxLength\": 9", "\"type\": \"integer\"", "things.find params.filter.text: it is of type integer, and was string")]
    [InlineData("[\"small\", \"large\"]", "[\"small\"]", "things.find params.kind: 'large' is taken no more")]
    [InlineData("\"required\": [\"items\", \"kind\"]", "\"required\": [\"items\"]", "things.find result.kind: the member may be left out, and was always there")]
    [InlineData("\"maxItems\": 10", "\"maxItems\": 11", "things.find result.items: maxItems is 11, and was 10")]
    [InlineData(", \"pattern\": \"^a$\"", "", "things.find result.id: pattern is not set, and was \"^a$\"")]
    [InlineData("\"code\": 404", "\"code\": 405", "error notFound: its code is 405, and was 404")]
    [InlineData("\"notFound\"", "\"absent\"", "error notFound: the error is gone")]
    [InlineData("\"/things/{id}\"", "\"/thing/{id}\"", "GET /things/{}: the route is gone")]
    [InlineData("\"/things/{id}\"", "\"/things/{id}.fl\"", "GET /things/{}: the route is gone")]
    [InlineData("\"access\": \"user\"", "\"access\": \"admin\"", "GET /things/{}: it is for admin only, and was for user")]
    public void What_clients_relied_on_is_missed(string old, string replacement, string expected) =>
        Assert.Equal(expected.Split('|'), Compare(old, replacement).Select(change => change.ToString()));

    [Theory]
    [InlineData("\"x-access\": \"guest\"", "\"x-access\": \"guest\", \"summary\": \"new\"")]
    [InlineData("\"maximum\": 10", "\"maximum\": 11")]
    [InlineData("\"maxItems\": 10", "\"maxItems\": 9")]
    [InlineData("\"required\": [\"text\"]", "\"required\": []")]
    [InlineData("[\"small\", \"large\"]", "[\"small\", \"large\", \"huge\"]")]
    [InlineData("\"id\": { \"type\"", "\"more\": { \"type\": \"string\" }, \"id\": { \"type\"")]
    [InlineData("\"/things/{id}\"", "\"/things/{name}\"")]
    [InlineData("\"notFound\": {", "\"conflict\": { \"code\": 409 }, \"notFound\": {")]
    [InlineData("\"type\": \"string\", \"maxLength\": 9", "\"type\": [\"string\", \"integer\"], \"maxLength\": 9")]
    public void What_only_gives_more_breaks_nothing(string old, string replacement) => Assert.Empty(Compare(old, replacement));

    private static IReadOnlyList<BreakingChange> Compare(string old, string replacement)
    {
        var at = old.Length == 0 ? 0 : Document.IndexOf(old, StringComparison.Ordinal);
        Assert.True(at >= 0, $"The sample has no {old}.");
        return ContractComparer.Compare(Parse(Document), Parse(Document[..at] + replacement + Document[(at + old.Length)..]));
    }

    private static JsonObject Read(string path) => Parse(File.ReadAllText(Path.Combine(ContractFiles.Repository, path)));

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();
}
