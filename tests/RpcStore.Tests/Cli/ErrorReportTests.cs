using System.Text.Json.Nodes;
using RpcStore.Cli;
using RpcStore.Client;
using RpcStore.Client.Bulk;
using RpcStore.Client.Connections;
using RpcStore.Contract;
using RpcStore.Contract.Connections;
using RpcStore.Digests;
using RpcStore.JsonRpc;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>What an error tells a person, and a script by its exit code.</summary>
public sealed class ErrorReportTests
{
    public static TheoryData<Exception, int> Codes => new()
    {
        { new UsageException("x"), 2 },
        { new CannotConnectException(EndpointUrl.Unix("x"), "y"), 3 },
        { new RpcConnectionLostException("x"), 3 },
        { new RpcException(ContractErrors.NotFound("x")), 1 },
        { new RpcException(ContractErrors.DigestMismatch("x")), 1 },
        { new BlobCorruptException(BlobId.EmptySha256, BlobId.EmptyBlake2b), 1 },
        { new RpcException(ContractErrors.Unauthenticated("x")), 4 },
        { new RpcException(ContractErrors.Internal("x")), 4 },
        { new InvalidDataException("x"), 4 },
        { new IOException("x"), 5 },
        { new UnauthorizedAccessException("x"), 5 },
        { new InvalidOperationException("x"), 5 },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_error_has_its_exit_code(Exception error, int code) => Assert.Equal(code, (int)ErrorReport.CodeOf(error));

    [Fact]
    public void What_the_data_say_beyond_the_message_is_told()
    {
        var data = new JsonObject { ["name"] = "invalidParams", ["pointer"] = "/ids/3", ["reason"] = "too short" };
        Assert.Equal("invalid params: /ids/3, too short", ErrorReport.Explain(new RpcError(-32602, "invalid params", data)));
    }

    [Fact]
    public void What_the_message_says_already_is_not_told_again()
    {
        var data = new JsonObject { ["name"] = "notFound", ["id"] = "abc" };
        Assert.Equal("There is no abc.", ErrorReport.Explain(new RpcError(404, "There is no abc.", data)));
    }

    [Fact]
    public void Missing_ids_are_named_a_few_of_them()
    {
        var data = new JsonObject { ["missing"] = new JsonArray("a1", "b2", "c3", "d4") };
        Assert.Equal("not found: a1, b2, c3, …", ErrorReport.Explain(new RpcError(404, "not found", data)));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_named_and_how_to_start_one_is_told()
    {
        var dialer = new EndpointDialer(EndpointUrl.Unix("/nowhere/x.sock"), TimeSpan.FromSeconds(10), TimeProvider.System);
        var error = await Assert.ThrowsAsync<CannotConnectException>(async () => await dialer.ConnectAsync(CancellationToken.None));
        Assert.Contains("unix:/nowhere/x.sock", error.Message);
        Assert.Contains("rpcstore serve", error.Message);
    }
}
