using System.Text.Json;
using RpcStore.Contract;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using Xunit;
using DigestFunction = RpcStore.Digests.DigestFunction;

namespace RpcStore.Tests.Contract;

/// <summary>Lists of ids, the parameter that has to be fast: what is right stays right at every length and spacing.</summary>
public sealed class BlobIdListTests
{
    private static readonly IReadOnlyList<RpcMethod> Methods = BlobsMethods.Create(new EchoingBlobs());

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(1000)]
    [InlineData(10_000)]
    public async Task A_list_arrives_whole_and_in_its_order(int count)
    {
        var ids = MakeIds(count);

        var context = await RecordingContext.CallAsync(Methods, "blobs.has", $"{{\"ids\":{JsonSerializer.Serialize(ids.Select(id => id.ToString()))}}}");

        Assert.Equal(ids, JsonSerializer.Deserialize(context.Answer!, ContractJson.Default.BlobPresence)!.Present.ToArray());
    }

    [Fact]
    public async Task White_space_and_surplus_text_around_a_list_change_nothing()
    {
        var ids = MakeIds(50);
        var list = string.Join(" ,\n ", ids.Select(id => $"\"{id}\""));

        var byName = await RecordingContext.CallAsync(Methods, "blobs.has", $" {{ \"ids\" : [ {list} ] }} ");
        var byPosition = await RecordingContext.CallAsync(Methods, "blobs.has", $" [ [ {list} ] ] ");

        Assert.Equal(ids, JsonSerializer.Deserialize(byName.Answer!, ContractJson.Default.BlobPresence)!.Present.ToArray());
        Assert.Equal(byName.Answer, byPosition.Answer);
    }

    [Fact]
    public async Task One_id_too_many_is_refused_at_the_list()
    {
        var ids = JsonSerializer.Serialize(MakeIds(10_001).Select(id => id.ToString()));

        var refusal = await RecordingContext.RefusalAsync(Methods, "blobs.has", $"{{\"ids\":{ids}}}");

        Assert.Equal(("/ids", "must have at most 10000 items"), refusal);
    }

    [Fact]
    public async Task Items_too_short_to_be_ids_are_refused_where_they_stand()
    {
        var refusal = await RecordingContext.RefusalAsync(Methods, "blobs.has", $"{{\"ids\":[{string.Join(',', Enumerable.Repeat("1", 20_000))}]}}");

        Assert.Equal("/ids/0", refusal.Pointer);
    }

    [Fact]
    public async Task A_wrong_id_deep_in_a_list_is_pointed_at()
    {
        var ids = MakeIds(5000).Select(id => id.ToString()).ToArray();
        ids[4321] = ids[4321].ToUpperInvariant();

        var refusal = await RecordingContext.RefusalAsync(Methods, "blobs.has", $"[{JsonSerializer.Serialize(ids)}]");

        Assert.Equal("/ids/4321", refusal.Pointer);
    }

    private static BlobId[] MakeIds(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => BlobId.Compute(i % 3 == 2 ? DigestFunction.Blake2b : DigestFunction.Sha256, BitConverter.GetBytes(i))),
    ];
}
