using RpcStore.Cli;
using RpcStore.Cli.Commands;
using RpcStore.Contract.Connections;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>What <c>serve</c> and the other commands take when nobody says.</summary>
public sealed class DefaultsTests
{
    [Theory]
    [InlineData("HOME=/home/ada", "/home/ada/.local/share/rpcstore")]
    [InlineData("HOME=/home/ada XDG_DATA_HOME=/data", "/data/rpcstore")]
    [InlineData("HOME=/home/ada XDG_DATA_HOME=", "/home/ada/.local/share/rpcstore")]
    [InlineData("HOME=/home/ada XDG_DATA_HOME=/data RPCSTORE_DATA=/srv/blobs", "/srv/blobs")]
    public void The_data_are_where_the_environment_says(string environment, string expected) =>
        Assert.Equal(expected, In(environment).DataDirectory);

    [Theory]
    [InlineData("HOME=/home/ada", "/home/ada/.local/state/rpcstore")]
    [InlineData("HOME=/home/ada XDG_STATE_HOME=/state", "/state/rpcstore")]
    [InlineData("HOME=/home/ada XDG_STATE_HOME=", "/home/ada/.local/state/rpcstore")]
    public void Logins_are_kept_where_the_environment_says(string environment, string expected) =>
        Assert.Equal(expected, In(environment).StateDirectory);

    [Theory]
    [InlineData("HOME=/home/ada")]
    [InlineData("HOME=/home/ada RPCSTORE_DATA=/srv/blobs")]
    public void A_server_listens_where_the_commands_look_for_it(string environment)
    {
        var defaults = In(environment);
        Assert.Contains(defaults.Server, Defaults.Listen(defaults.DataDirectory));
    }

    [Fact]
    public void The_environment_may_name_the_server() =>
        Assert.Equal("tcp://[400::1]:9750", In("HOME=/x RPCSTORE_SERVER=tcp://[400::1]:9750").Server.ToString());

    [Fact]
    public void A_server_elsewhere_is_named_in_what_to_try_and_the_default_one_is_not()
    {
        var defaults = In("HOME=/home/ada");
        var usual = StartUpText.Write("/d", "id", Defaults.Listen(defaults.DataDirectory), null, defaults);
        Assert.DoesNotContain(Defaults.ServerVariable, usual);
        Assert.Contains("tcp://127.0.0.1:9750\n", usual);
        Assert.Contains("Ctrl-C", usual);

        EndpointUrl[] elsewhere = [EndpointUrl.Tcp("127.0.0.1", 1234), EndpointUrl.Unix("/tmp/it's here.sock")];
        Assert.Contains(@"export RPCSTORE_SERVER='unix:/tmp/it'\''s here.sock'", StartUpText.Write("/d", "id", elsewhere, null, defaults));
    }

    [Theory]
    [InlineData("unix:/s tcp://127.0.0.1:1234 tls://127.0.0.1:2", "http://127.0.0.1:1234/openrpc")]
    [InlineData("tls://*:9751", "https://localhost:9751/openrpc")]
    [InlineData("tcp://[::1]:9750", "http://[::1]:9750/openrpc")]
    [InlineData("tcp://0.0.0.0:9750", "http://localhost:9750/openrpc")]
    public void A_server_that_browsers_reach_says_where_its_reference_is(string endpoints, string page) =>
        Assert.Contains($"  Reference:  {page}\n", Write(endpoints), StringComparison.Ordinal);

    [Fact]
    public void A_server_that_no_browser_reaches_does_not() =>
        Assert.DoesNotContain("Reference", Write("unix:/s unix:/t?mode=single"), StringComparison.Ordinal);

    private static string Write(string endpoints) =>
        StartUpText.Write("/d", "id", [.. endpoints.Split(' ').Select(EndpointUrl.Parse)], null, In("HOME=/home/ada"));

    private static Defaults In(string environment)
    {
        var variables = environment.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return new Defaults(name => variables.GetValueOrDefault(name));
    }
}
