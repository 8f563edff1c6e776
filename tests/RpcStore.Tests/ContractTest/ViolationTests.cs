using System.Text.Json.Nodes;
using RpcStore.ContractTest.Cases;
using RpcStore.ContractTest.Document;
using Xunit;

namespace RpcStore.Tests.ContractTest;

/// <summary>The calls that break a schema, one rule at a time.</summary>
public sealed class ViolationTests
{
    [Fact]
    public void A_parameter_is_left_out_and_an_unknown_one_is_added()
    {
        var cases = Find("""{ "type": "boolean" }""", "true");
        Assert.Equal("{}", cases["p is missing"].ToJsonString());
        Assert.Equal("""{"p":true,"no such parameter":true}""", cases["an unknown parameter"].ToJsonString());
        Assert.Equal(
            ["p is missing", "an unknown parameter", "p: is an integer", "p: is a fraction", "p: is a string", "p: is an array", "p: is an object"],
            cases.Keys);
    }

    [Theory]
    [InlineData("""{ "type": "integer", "minimum": 3, "maximum": 9 }""", "4", "p: is below the minimum", "2")]
    [InlineData("""{ "type": "integer", "minimum": 3, "maximum": 9 }""", "4", "p: is above the maximum", "10")]
    [InlineData("""{ "type": "integer", "maximum": 9223372036854775807 }""", "4", "p: is above the maximum", "9223372036854775808")]
    [InlineData("""{ "type": "integer" }""", "4", "p: is a fraction", "1.5")]
    [InlineData("""{ "type": "string", "minLength": 2 }""", "\"ab\"", "p: is too short", "\"a\"")]
    [InlineData("""{ "type": "string", "maxLength": 3 }""", "\"ab\"", "p: is too long", "\"aaaa\"")]
    [InlineData("""{ "type": "string", "pattern": "^[!-]*$" }""", "\"-\"", "p: is not like the pattern", "\" \"")]
    [InlineData("""{ "type": "string", "enum": ["a"] }""", "\"a\"", "p: is none of the values", "\"no such value\"")]
    [InlineData("""{ "type": "array", "items": { "type": "integer" }, "minItems": 2 }""", "[5, 6]", "p: has too few items", "[5]")]
    [InlineData("""{ "type": "array", "items": { "type": "integer" }, "maxItems": 2 }""", "[5]", "p: has too many items", "[5,5,5]")]
    [InlineData("""{ "type": "array", "items": { "type": "integer", "minimum": 5 } }""", "[5]", "p/0: is below the minimum", "[4]")]
    [InlineData("""{ "type": "array", "items": { "enum": ["x"], "type": "string" }, "maxItems": 1 }""", "[]", "p: has too many items", "[\"x\",\"x\"]")]
    [InlineData("""{ "type": "string", "format": "byte" }""", "\"\"", "p: is not of the format byte (\"aGk\")", "\"aGk\"")]
    [InlineData("""{ "$ref": "#/components/schemas/Id" }""", "\"ab\"", "p: is not like the pattern", "\"!\"")]
    public void A_rule_is_broken_and_the_others_are_kept(string schema, string value, string name, string expected) =>
        Assert.Equal(expected, Find(schema, value)[name]["p"]!.ToJsonString());

    [Fact]
    public void Members_of_objects_are_broken_where_they_stand()
    {
        var document = SampleDocument.Of(
            """
            { "type": "object", "required": ["a/b"], "additionalProperties": false,
              "properties": { "a/b": { "type": "string", "maxLength": 1 }, "n": { "type": "integer", "minimum": 0 } } }
            """,
            """{ "a/b": "x" }""");
        var cases = new ViolationCases(document).Of(document.Methods[0]).ToDictionary(one => one.Name);
        Assert.Equal("""{"p":{}}""", cases["p/a~1b: lacks a/b"].Parameters.ToJsonString());
        Assert.Equal("""{"p":{"a/b":"x","n":-1}}""", cases["p/n: is below the minimum"].Parameters.ToJsonString());
        Assert.Contains("data.pointer \"/p/a~1b\"", cases["p/a~1b: is too long"].Expectation.Text, StringComparison.Ordinal);
        Assert.Contains("data.pointer \"/p/no such member\"", cases["p/no such member: has an unknown member"].Expectation.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void What_would_be_too_large_to_send_is_left_out_and_said()
    {
        var document = SampleDocument.Of("""{ "type": "array", "items": { "type": "string" }, "maxItems": 1000000 }""", "[\"a\"]");
        var untried = new ViolationCases(document).Of(document.Methods[0]).Single(one => one.Untried is not null);
        Assert.Equal("p: has too many items", untried.Name);
        Assert.Contains("1000000 items", untried.Untried, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_case_of_the_contract_has_a_name_of_its_own_and_breaks_something()
    {
        var document = ContractDocument.Read(JsonNode.Parse(File.ReadAllText(Path.Combine(Contract.ContractFiles.Repository, "openrpc.json"))));
        Assert.All(document.Methods, method =>
        {
            var cases = new ViolationCases(document).Of(method).ToArray();
            Assert.Equal(cases.Length, cases.Select(one => one.Name).Distinct().Count());
            Assert.All(cases, one => Assert.NotEqual(method.RequiredParameters().ToJsonString(), one.Parameters.ToJsonString()));
            Assert.All(method.Parameters, parameter => Assert.Contains(cases, one => one.Name.StartsWith(parameter.Name, StringComparison.Ordinal)));
        });
    }

    private static Dictionary<string, JsonObject> Find(string schema, string value)
    {
        var document = SampleDocument.Of(schema, value);
        return new ViolationCases(document).Of(document.Methods[0]).ToDictionary(one => one.Name, one => one.Parameters);
    }
}
