using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.CodeGen.Reading;
using RpcStore.Contract;
using RpcStore.Digests;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>The data types as JSON: exact names, nulls left out, and the same value after a round trip.</summary>
public sealed class ContractJsonTests
{
    public static TheoryData<string> Examples { get; } = new(
        ContractReader.Read(ContractFiles.Load()).Methods.SelectMany(method => method.Examples)
            .Where(example => example.Result is not null)
            .Select(example => example.Place.Pointer + " " + example.Place.File));

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_result_of_every_example_survives_a_round_trip(string place)
    {
        var (method, example) = ContractReader.Read(ContractFiles.Load()).Methods
            .SelectMany(method => method.Examples.Select(example => (method, example)))
            .Single(pair => $"{pair.example.Place.Pointer} {pair.example.Place.File}" == place);
        var type = method.Result.Type is CodeGen.Model.ObjectType shape
            ? typeof(ContractInfo).Assembly.GetType($"RpcStore.Contract.{shape.Name}")!
            : typeof(JsonElement);

        var value = JsonSerializer.Deserialize(example.Result, ContractJson.Default.GetTypeInfo(type)!);
        var written = JsonSerializer.SerializeToNode(value, ContractJson.Default.GetTypeInfo(type)!);

        Assert.True(JsonNode.DeepEquals(example.Result, written), $"{example.Result}\n{written}");
    }

    [Fact]
    public void Times_are_written_in_UTC_with_as_many_digits_as_they_need()
    {
        string Write(DateTimeOffset time) =>
            JsonSerializer.SerializeToNode(new BlobInfo { Id = BlobId.EmptySha256, Size = 0, StoredAt = time }, ContractJson.Default.BlobInfo)!["storedAt"]!.GetValue<string>();

        Assert.Equal("2026-11-21T09:00:00Z", Write(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.FromHours(1))));
        Assert.Equal("2026-11-21T09:00:00.25Z", Write(new DateTimeOffset(2026, 11, 21, 9, 0, 0, 250, TimeSpan.Zero)));
    }

    [Theory]
    [InlineData("""{"present":[],"missing":["x"]}""")]
    [InlineData("""{"present":[],"missing":[null]}""")]
    [InlineData("""{"present":[],"missing":{}}""")]
    [InlineData("""{"present":[]}""")]
    public void A_client_refuses_an_answer_that_is_not_what_the_contract_says(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json, ContractJson.Default.BlobPresence));

    [Fact]
    public void A_client_passes_over_members_that_a_newer_server_adds() =>
        Assert.Equal(1, JsonSerializer.Deserialize("""{"present":["e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],"missing":[],"new":1}""", ContractJson.Default.BlobPresence)!.Present.Length);

    [Fact]
    public void Parameters_that_are_null_are_left_out() =>
        Assert.Equal("""{"limit":5}""", JsonSerializer.Serialize(new BlobsListParams { Limit = 5 }, ContractJson.Default.BlobsListParams));

    [Fact]
    public void The_document_is_embedded_as_it_stands_in_the_repository_and_on_one_line()
    {
        var file = File.ReadAllBytes(Path.Combine(ContractFiles.Repository, "openrpc.json"));

        Assert.Equal(file, ContractInfo.OpenRpcText.ToArray());
        Assert.DoesNotContain((byte)'\n', ContractInfo.OpenRpcJson.ToArray());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(file), JsonNode.Parse(ContractInfo.OpenRpcJson.Span)));
    }

    [Fact]
    public void Methods_and_routes_are_those_of_the_document()
    {
        var document = JsonNode.Parse(ContractInfo.OpenRpcJson.Span)!;

        Assert.Equal(
            document["methods"]!.AsArray().Select(method => ((string)method!["name"]!, (string)method["x-access"]!)),
            ContractInfo.Methods.Select(method => (method.Name, method.Access)));
        Assert.Equal(
            document["x-routes"]!.AsArray().Select(route => ((string)route!["method"]!, (string)route["path"]!, (string)route["access"]!)),
            ContractInfo.Routes.Select(route => (route.Method, route.Path, route.Access)));
        Assert.Equal(ContractInfo.Version, (string?)document["info"]!["version"]);
    }
}
