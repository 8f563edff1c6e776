using RpcStore.Cli;
using RpcStore.Cli.Commands;
using RpcStore.Cli.Commands.Journal;
using RpcStore.Contract;
using Xunit;

namespace RpcStore.Tests.Cli;

/// <summary>What is told to be wrong before a server is asked.</summary>
public sealed class CommandLineTests
{
    private const string Key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBUig2TZPwqBuFtICDI5/aYaeV+zIUDAuonRV+m2RnOl";

    [Theory]
    [InlineData("accounts", "add", "ops")]
    [InlineData("accounts", "add", "ops", "--role", "guest")]
    [InlineData("accounts", "add", "ops", "--role", "user", "--key", Key, "--key-file", "x.pub")]
    [InlineData("accounts", "add", "ops", "--role", "user", "--label", "laptop")]
    [InlineData("accounts", "add", "ops", "--role", "user", "--key", "ssh-dss AAAA")]
    [InlineData("accounts", "update", "ops")]
    [InlineData("accounts", "update", "ops", "--disable", "--enable")]
    [InlineData("accounts", "key", "add", "ops")]
    [InlineData("accounts", "key", "remove", "ops")]
    [InlineData("login")]
    [InlineData("sessions", "list", "--all", "--account", "ops")]
    [InlineData("sessions", "revoke")]
    [InlineData("blobs", "list", "--limit", "many")]
    [InlineData("journal", "--limit", "0")]
    [InlineData("journal", "--limit", "many")]
    [InlineData("journal", "--since", "yesterday")]
    [InlineData("journal", "--follow", "--until", "1h")]
    [InlineData("journal", "--follow", "--server", "http://127.0.0.1:1")]
    [InlineData("journal", "totals", "--by", "moon")]
    [InlineData("backup")]
    public void Wrong_usage_is_exit_code_2(params string[] arguments)
    {
        // Nobody listens there: a command that got that far would end with another code.
        string[] all = arguments.Contains("--server") ? arguments : [.. arguments, "--server", "unix:/nowhere/x.sock"];
        Assert.Equal(ExitCode.Usage, CommandLine.Parse(all).Run());
    }

    [Fact]
    public void Sums_are_by_words_in_their_order_and_once_each()
    {
        Assert.Equal([JournalGroup.Day, JournalGroup.Account], JournalTotalsCommand.ReadGroups(["day, account", "day"]));
        Assert.Empty(JournalTotalsCommand.ReadGroups([]));
    }
}
