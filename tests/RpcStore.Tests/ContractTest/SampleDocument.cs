using System.Text.Json.Nodes;
using RpcStore.ContractTest.Document;

namespace RpcStore.Tests.ContractTest;

/// <summary>Small documents of one method.</summary>
internal static class SampleDocument
{
    private const string Errors = """
        "errors": {
          "invalidParams": { "code": -32602, "message": "invalid params", "data": { "name": "invalidParams" } },
          "unauthenticated": { "code": 401, "message": "unauthenticated", "data": { "name": "unauthenticated" } },
          "forbidden": { "code": 403, "message": "forbidden", "data": { "name": "forbidden" } },
          "notFound": { "code": 404, "message": "not found", "data": { "name": "notFound" } }
        }
        """;

    private const string Facts = """
        "x-errors": {
          "invalidParams": { "data": ["pointer", "reason"] },
          "unauthenticated": { "data": ["access"] },
          "forbidden": { "data": ["access"] },
          "notFound": { "data": ["id"] }
        },
        "x-error-data": {
          "pointer": { "type": "string" }, "reason": { "type": "string" },
          "access": { "type": "string", "enum": ["user", "admin"] }, "id": { "$ref": "#/components/schemas/Id" }
        }
        """;

    /// <summary>A document whose method <c>a.b</c> has one required parameter <c>p</c>, and a result of a schema.</summary>
    /// <param name="parameter">The schema of the parameter.</param>
    /// <param name="value">A value that fits it; null for no example.</param>
    /// <param name="result">The schema of the result.</param>
    /// <param name="more">More members of the method.</param>
    public static ContractDocument Of(string parameter = "{}", string? value = null, string result = "true", string more = "\"x-access\": \"user\"")
    {
        var example = value is null ? "" : $$"""{ "name": "one", "params": [{ "name": "p", "value": {{value}} }], "result": { "name": "r", "value": {} } }""";
        return ContractDocument.Read(JsonNode.Parse($$"""
            {
              "openrpc": "1.3.2", "info": { "title": "Sample", "version": "1" },
              "methods": [{
                "name": "a.b", "x-journal": "query",
                "params": [{ "name": "p", "required": true, "schema": {{parameter}} }],
                "result": { "name": "r", "schema": {{result}} },
                "errors": [{ "$ref": "#/components/errors/notFound" }],
                "examples": [{{example}}],
                {{more}}
              }],
              "components": { "schemas": { "Id": { "type": "string", "pattern": "^[a-z]{2}$" } }, {{Errors}} },
              {{Facts}}
            }
            """));
    }
}
