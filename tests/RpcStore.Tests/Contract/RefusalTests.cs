using RpcStore.CodeGen.Bundling;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Sources;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>Mistakes in the authored contract: each is refused, and the message names the place.</summary>
public sealed class RefusalTests
{
    private const string Echo = "spec/contract/sample.json#/methods/0";

    [Fact]
    public void The_sample_itself_is_accepted() =>
        Assert.NotEmpty(Bundler.Bundle(ContractFiles.LoadSample(), ContractReader.Read(ContractFiles.LoadSample())));

    [Theory]
    // Methods.
    [InlineData("\"name\": \"sample.echo\"", "\"name\": \"sample_echo\"", Echo + "/name")]
    [InlineData("\"name\": \"sample.echo\"", "\"name\": \"other.echo\"", Echo + "/name")]
    [InlineData("\"name\": \"sample.echo\"", "\"name\": \"sample.Echo\"", Echo + "/name")]
    [InlineData("\"name\": \"sample.echo\"", "\"name\": \"sample.match\"", "the method \"sample.match\" is there twice")]
    [InlineData("\"summary\": \"Gives back what it gets.\",", "", Echo + ": has no \"summary\"")]
    [InlineData("\"summary\": \"Gives back what it gets.\"", "\"summary\": \"\"", Echo + "/summary")]
    [InlineData("\"description\": \"With `code`", "\"deprecated\": \"With `code`", Echo + "/deprecated")]
    [InlineData("\"x-access\": \"guest\",", "", Echo + ": has no \"x-access\"")]
    [InlineData("\"x-access\": \"guest\"", "\"x-access\": \"root\"", Echo + "/x-access")]
    // Parameters and results.
    [InlineData("\"name\": \"code\"", "\"name\": \"text\"", "the parameter \"text\" is there twice")]
    [InlineData("\"required\": true", "\"required\": false", Echo + "/params: required parameters stand before optional ones")]
    [InlineData("\"required\": true,", "", Echo + "/params/0: has no \"required\"")]
    [InlineData("\"description\": \"The text.\",", "", Echo + "/params/0: has no \"description\"")]
    [InlineData("\"$ref\": \"#/components/schemas/Echo\"", "\"$ref\": \"#/components/schemas/Color\"", Echo + "/result/schema")]
    [InlineData("\"$ref\": \"#/components/schemas/Token\"", "\"type\": \"string\", \"enum\": [\"a\"], \"description\": \"Nameless.\"", Echo + "/params/14/schema")]
    // References.
    [InlineData("\"$ref\": \"#/components/schemas/Color\"", "\"$ref\": \"#/components/schemas/Colour\"", Echo + "/params/8/schema/$ref")]
    [InlineData("\"$ref\": \"#/components/schemas/Color\"", "\"$ref\": \"other.json\"", Echo + "/params/8/schema/$ref")]
    [InlineData("\"kitchen\"", "\"cellar\"", Echo + "/errors/0: there is no error or group \"cellar\"")]
    // Keywords.
    [InlineData("\"maxLength\": 5", "\"maxLenght\": 5", Echo + "/params/0/schema/maxLenght")]
    [InlineData("\"maxLength\": 5", "\"maxLength\": \"5\"", Echo + "/params/0/schema/maxLength")]
    [InlineData("\"maxLength\": 5", "\"maxLength\": -1", Echo + "/params/0/schema/maxLength")]
    [InlineData("\"type\": \"string\"", "\"type\": \"number\"", Echo + "/params/0/schema/type: the type \"number\" is not supported")]
    [InlineData("\"format\": \"date-time\"", "\"format\": \"email\"", Echo + "/params/2/schema/format: the format \"email\" is not supported")]
    [InlineData("\"minimum\": -5", "\"minimum\": 6", Echo + "/params/4/schema: the minimum is above the maximum")]
    [InlineData("\"minimum\": -5", "\"exclusiveMinimum\": -5", Echo + "/params/4/schema/exclusiveMinimum")]
    [InlineData("\"minItems\": 1", "\"uniqueItems\": true", Echo + "/params/9/schema/uniqueItems")]
    [InlineData("\"default\": true", "\"default\": \"yes\"", Echo + "/params/7/schema/default: must be true or false")]
    [InlineData("\"default\": \"GREEN\"", "\"default\": \"BLUE\"", "spec/contract/sample.json#/schemas/Color/default")]
    [InlineData("\"GREEN\"\n", "\"Dark-red\"\n", "spec/contract/sample.json#/schemas/Color/enum")]
    [InlineData("\"additionalProperties\": false", "\"additionalProperties\": true", "spec/contract/sample.json#/schemas/Line")]
    [InlineData("\"amount\"\n", "\"price\"\n", "spec/contract/sample.json#/schemas/Line/required/0")]
    [InlineData("\"$ref\": \"#/components/schemas/Line\"", "\"$ref\": \"#/components/schemas/Order\"", "\"Order\" contains itself")]
    // Patterns.
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"(ab)?[0-9]{2,4}x*$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^(ab)?[0-9]{2,4}x*\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^a|b$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^.*$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^[^a]$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^\\\\d$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^[a-z]*x$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^(ab)?abc$\"", Echo + "/params/1/schema/pattern")]
    [InlineData("\"^(ab)?[0-9]{2,4}x*$\"", "\"^(a(b)c)$\"", Echo + "/params/1/schema/pattern")]
    // Examples.
    [InlineData("\"value\": \"ab\"", "\"value\": \"a\"", Echo + "/examples/0/params/text")]
    [InlineData("\"x-error\": \"teapot\"", "\"x-error\": \"unavailable\"", Echo + "/examples/1/x-error")]
    [InlineData("\"value\": {}", "\"value\": 1", "spec/contract/sample.json#/methods/1/examples/0/result/value")]
    public void A_mistake_in_a_fragment_is_refused_with_its_place(string right, string wrong, string place) =>
        AssertRefused("sample.json", right, wrong, place);

    [Theory]
    [InlineData("root.json", "[\"sample\"]", "[\"sample\", \"sample\"]", "is there twice; the other is at spec/contract/sample.json#/schemas/")]
    [InlineData("root.json", "[\"sample\"]", "[\"example\"]", "spec/contract/root.json#/x-fragments/0: there is no file spec/contract/example.json")]
    [InlineData("root.json", "\"body\": \"Order\"", "\"body\": \"Color\"", "spec/contract/root.json#/x-routes/0/body")]
    [InlineData("root.json", "\"access\": \"guest\"", "\"access\": \"all\"", "spec/contract/root.json#/x-routes/0/access")]
    [InlineData("root.json", "\"servers\": []", "\"servers\": [", "spec/contract/root.json#: is not JSON")]
    [InlineData("root.json", "\"servers\": []", "\"openrpc\": \"\"", "spec/contract/root.json#: is not JSON")]
    [InlineData("errors.json", "\"code\": 418", "\"code\": -32602", "two errors have the code -32602")]
    [InlineData("errors.json", "\"kitchen\": [\"teapot\"]", "\"kitchen\": [\"kettle\"]", "spec/contract/errors.json#/groups/kitchen/0")]
    [InlineData("errors.json", "\"kitchen\": [\"teapot\"]", "\"teapot\": [\"teapot\"]", "is an error and a group")]
    [InlineData("errors.json", "\"reason\", \"ids\"", "\"reason\", \"spoons\"", "spec/contract/errors.json#/errors/teapot/x-data/1")]
    [InlineData("errors.json", "\"maybe\"", "\"perhaps\"", "spec/contract/errors.json#/errors/teapot/x-retry")]
    public void A_mistake_beside_the_fragments_is_refused_with_its_place(string file, string right, string wrong, string place) =>
        AssertRefused(file, right, wrong, place);

    private static void AssertRefused(string file, string right, string wrong, string place)
    {
        var e = Assert.Throws<ContractException>(() => ContractReader.Read(ContractFiles.LoadSample(file, right, wrong)));
        Assert.Contains(place, e.Message, StringComparison.Ordinal);
    }
}
