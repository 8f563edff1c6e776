using System.Text;
using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;
using RpcStore.ContractTest.Validation;
using Xunit;

namespace RpcStore.Tests.ContractTest;

/// <summary>What recorded answers have to be: the constructs that the contract uses, and what it means beyond JSON Schema.</summary>
public sealed class ValidationTests
{
    [Theory]
    [InlineData("""{ "type": "integer" }""", "9223372036854775807", "9223372036854775808")]
    [InlineData("""{ "type": "integer" }""", "-9223372036854775808", "1.5")]
    [InlineData("""{ "type": "integer", "maximum": 9007199254740993 }""", "9007199254740993", "9007199254740994")]
    [InlineData("""{ "type": "string", "minLength": 2, "maxLength": 2 }""", "\"😀😀\"", "\"😀\"")]
    [InlineData("""{ "type": "string", "pattern": "^[a-z]{2}$" }""", "\"ab\"", "\"ab\\n\"")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "\"2026-11-21T09:00:00.1234567Z\"", "\"2026-11-21\"")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "\"2026-11-21T09:00:00+01:00\"", "\"2026-11-31T09:00:00Z\"")]
    [InlineData("""{ "type": "string", "format": "date-time" }""", "\"2028-02-29T23:59:59Z\"", "\"2026-11-21T09:00:00\"")]
    [InlineData("""{ "type": "string", "format": "byte" }""", "\"aGk=\"", "\"aGk\"")]
    [InlineData("""{ "type": "string", "format": "byte" }""", "\"\"", "\"aG k=\"")]
    [InlineData("""{ "type": "string", "format": "byte" }""", "\"+w==\"", "\"-w==\"")]
    [InlineData("""{ "type": "string", "format": "blob-id" }""",
        "\"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"",
        "\"E3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\"")]
    [InlineData("""{ "type": "object", "properties": { "a": {} }, "additionalProperties": false }""", """{ "a": null }""", """{ "b": 1 }""")]
    [InlineData("""{ "type": "object", "required": ["a"], "properties": { "a": { "$ref": "#/components/schemas/Id" } } }""", """{ "a": "zz" }""", """{ "a": "zz\n" }""")]
    [InlineData("""{ "oneOf": [{ "type": "string" }, { "type": "integer" }] }""", "1", "true")]
    [InlineData("""{ "const": { "a": [1] } }""", """{ "a": [1] }""", """{ "a": [2] }""")]
    [InlineData("""{ "type": "string", "enum": ["a"] }""", "\"a\"", "\"b\"")]
    [InlineData("""{ "type": ["string", "integer"] }""", "7", "null")]
    [InlineData("""{ "type": "array", "items": { "type": "boolean" }, "maxItems": 1 }""", "[true]", "[1]")]
    [InlineData("""{ "type": "object", "x-raw-json": true }""", """{ "any": [1] }""", "[]")]
    public void A_result_fits_its_schema_or_does_not(string schema, string right, string wrong)
    {
        Assert.Empty(ValidateResults(schema, right));
        var faults = ValidateResults(schema, right, wrong, right);
        Assert.Equal([1], faults.Keys);
        Assert.StartsWith("/result", faults[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "no", "data": { "name": "notFound", "id": "ab" } } }""", null)]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "no", "data": { "name": "notFound" } } }""", null)]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "no" } }""", "/error")]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "", "data": { "name": "notFound" } } }""", "/error/message")]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "no", "data": { "name": "notFound", "id": "ABC" } } }""", "/error/data/id")]
    [InlineData("""{ "jsonrpc": "2.0", "id": 1, "error": { "code": 404, "message": "no", "data": { "name": "notFound", "colour": 1 } } }""", "/error/data/colour")]
    [InlineData("""{ "jsonrpc": "1.0", "id": 1, "error": { "code": 404, "message": "no", "data": { "name": "notFound" } } }""", "/jsonrpc")]
    public void An_error_is_what_the_document_says_of_it(string answer, string? place)
    {
        var schema = new RecordSchema(SampleDocument.Of());
        var faults = Validate(schema, [schema.ErrorOf(SampleDocument.Of().FindError("notFound")!)], [answer]);
        Assert.Equal(place is null, faults.Count == 0);
        Assert.StartsWith(place ?? "", faults.GetValueOrDefault(0, ""), StringComparison.Ordinal);
    }

    [Fact]
    public void Many_answers_are_one_document_and_the_wrong_ones_are_found_by_their_places()
    {
        var answers = Enumerable.Range(0, 2000).Select(i => i % 700 == 3 ? "\"x\"" : "1").ToArray();
        Assert.Equal([3, 703, 1403], ValidateResults("""{ "type": "integer" }""", answers).Keys.Order());
    }

    [Fact]
    public void A_document_whose_schemas_are_none_is_refused()
    {
        Assert.Throws<ContractDocumentException>(() => ValidateResults("""{ "type": "colour" }""", "1"));
        Assert.Throws<ContractDocumentException>(() => SampleDocument.Of("""{ "$ref": "#/components/schemas/Gone" }"""));
        Assert.Throws<ContractDocumentException>(() => SampleDocument.Of("""{ "$ref": "http://elsewhere/schema.json" }"""));
        Assert.Throws<ContractDocumentException>(() => ContractDocument.Read(JsonNode.Parse("[]")));
    }

    private static IReadOnlyDictionary<int, string> ValidateResults(string result, params string[] values)
    {
        var document = SampleDocument.Of(result: result);
        var schema = new RecordSchema(document);
        var definition = schema.ResultOf(document.Methods[0]);
        return Validate(schema, [.. values.Select(_ => definition)], [.. values.Select(value => $$"""{ "jsonrpc": "2.0", "id": 1, "result": {{value}} }""")]);
    }

    private static IReadOnlyDictionary<int, string> Validate(RecordSchema schema, string[] definitions, string[] answers) =>
        RecordValidator.Validate(schema.Compose(definitions), Encoding.UTF8.GetBytes($$"""{ "answers": [{{string.Join(',', answers)}}] }"""));
}
