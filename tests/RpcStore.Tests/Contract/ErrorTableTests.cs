using System.Text.Json.Nodes;
using RpcStore.Contract;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>One error table: spec/errors.md for people, the contract for programs, constants for code.</summary>
public sealed class ErrorTableTests
{
    [Fact]
    public void The_table_for_people_is_the_table_of_the_contract()
    {
        var authored = JsonNode.Parse(File.ReadAllText(Path.Combine(ContractFiles.Repository, "spec/contract/errors.json")))!["errors"]!.AsObject();
        var expected = authored.Select(error => string.Join(" | ",
            $"`{error.Key}`",
            error.Value!["code"]!.ToString().Replace('-', '−'),
            error.Value["x-http-status"]!.ToString(),
            (string)error.Value["x-when"]!,
            (string)error.Value["x-retry"]!,
            string.Join(", ", error.Value["x-data"]!.AsArray().Select(name => $"`{name}`"))).TrimEnd());

        var written = File.ReadLines(Path.Combine(ContractFiles.Repository, "spec/errors.md"))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .Select(line => line.Trim('|', ' '));

        Assert.Equal(expected.Select(line => line.TrimEnd('|', ' ')), written);
    }

    [Fact]
    public void The_constants_are_the_table_of_the_contract()
    {
        var authored = JsonNode.Parse(File.ReadAllText(Path.Combine(ContractFiles.Repository, "spec/contract/errors.json")))!["errors"]!.AsObject();

        Assert.Equal(
            authored.Select(error => (error.Key, (int)error.Value!["code"]!, (int)error.Value["x-http-status"]!, (string)error.Value["x-retry"]!)),
            ContractErrors.All.Select(error => (error.Name, error.Code, error.HttpStatus, error.Retry)));
    }

    [Fact]
    public void An_error_carries_its_name_and_only_the_data_that_is_known()
    {
        var error = ContractErrors.TooLarge("The message is too long.", limit: "maxMessageBytes", maximum: 8);

        Assert.Equal(413, error.Code);
        Assert.Equal("""{"name":"tooLarge","limit":"maxMessageBytes","maximum":8}""", error.Data!.ToJsonString());
        Assert.Equal("""{"name":"notFound"}""", ContractErrors.NotFound("It is not here.").Data!.ToJsonString());
    }

    [Fact]
    public void An_error_is_found_by_its_code_and_an_unknown_code_counts_as_internal()
    {
        Assert.All(ContractErrors.All, error => Assert.Same(error, ContractErrors.Find(error.Code)));
        Assert.Null(ContractErrors.Find(1));
        Assert.Equal(503, ContractErrors.HttpStatusOf(ErrorCodes.Unavailable));
        Assert.Equal(500, ContractErrors.HttpStatusOf(1));
    }
}
