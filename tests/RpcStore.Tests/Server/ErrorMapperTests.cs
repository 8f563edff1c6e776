using RpcStore.Contract;
using RpcStore.Core;
using RpcStore.Server.Endpoints;
using Xunit;

namespace RpcStore.Tests.Server;

/// <summary>Every fault of the store has its error in the contract.</summary>
public sealed class ErrorMapperTests
{
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Every_fault_has_an_error_of_the_table(Fault fault)
    {
        var error = ErrorMapper.Map(new StoreException(fault, "what was wrong"));
        var row = ContractErrors.All.Single(row => row.Code == error.Code);
        Assert.Equal(row.Name, error.Data!["name"]!.GetValue<string>());
        Assert.Equal("what was wrong", error.Message);
    }

    [Fact]
    public void A_failing_disk_is_never_not_found()
    {
        foreach (var fault in Enum.GetValues<Fault>().Except([Fault.NotFound]))
        {
            Assert.NotEqual(ErrorCodes.NotFound, ErrorMapper.Map(new StoreException(fault, "x")).Code);
        }
    }

    [Fact]
    public void Details_come_through_under_their_names()
    {
        var error = ErrorMapper.Map(new StoreException(Fault.TooLarge, "x")
        {
            Details = new Dictionary<string, object> { ["limit"] = "maxBlobBytes", ["maximum"] = 7L },
        });
        Assert.Equal("maxBlobBytes", error.Data!["limit"]!.GetValue<string>());
        Assert.Equal(7, error.Data["maximum"]!.GetValue<long>());
    }
}
