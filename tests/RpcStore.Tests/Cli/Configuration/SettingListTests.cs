using RpcStore.Cli.Configuration;
using RpcStore.Cli.Configuration.Declarations;
using RpcStore.Server.Configuration;
using RpcStore.Tests.Contract;
using Xunit;

namespace RpcStore.Tests.Cli.Configuration;

/// <summary>What is declared holds everywhere else.</summary>
public sealed class SettingListTests
{
    // Used by whoever writes the log, not by the server.
    private static readonly Setting[] OfTheLog = [RunSettings.LogLevel, RunSettings.LogFormat];

    public static TheoryData<string> Names => [.. SettingList.All.Select(setting => setting.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_setting_is_named_once_in_the_same_way_everywhere(string name)
    {
        Assert.Matches("^[a-z]+(-[a-z]+)*$", name);
        var setting = Assert.Single(SettingList.All, setting => setting.Name == name);
        Assert.Equal("--" + name, setting.Flag);
        Assert.EndsWith(".", setting.Description);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_value_is_printed_as_it_may_be_written(string name)
    {
        var setting = SettingList.Find(name)!;
        foreach (var flags in ((string, string)[][])[[], TestSources.Change(setting)])
        {
            if (TestSources.Flags(flags).Read().Find(setting) is { Text: { Length: > 0 } text } value)
            {
                Assert.Equal(text, setting.Parse(setting.IsList ? text.Split(',') : [text], value.Source).Text);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_server_is_told_of_a_setting_and_takes_it_over_while_it_runs_if_that_is_said(string name)
    {
        var setting = SettingList.Find(name)!;
        if (OfTheLog.Contains(setting))
        {
            return;
        }

        var usual = ToOptions();
        var changed = ToOptions(TestSources.Change(setting));
        Assert.NotEqual(Describe(usual), Describe(changed));
        Assert.Equal(Describe(setting.IsReloadable ? changed : usual), Describe(usual.Reload(changed)));
    }

    [Fact]
    public void The_defaults_are_those_of_the_server_itself()
    {
        var options = ToOptions();
        Assert.Equal(Describe(new ServerOptions { DataDirectory = options.DataDirectory, Listen = options.Listen }), Describe(options));
    }

    [Fact]
    public void The_document_lists_what_is_declared()
    {
        const string Begin = "writes them anew with `RPCSTORE_UPDATE_DOCUMENTS=1`.\n\n";
        var path = Path.Combine(ContractFiles.Repository, "spec/configuration.md");
        var text = File.ReadAllText(path);
        var expected = text[..(text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + SettingsDocument.Write().TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("RPCSTORE_UPDATE_DOCUMENTS") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.True(text == expected, $"{path} is out of date. Run this test with RPCSTORE_UPDATE_DOCUMENTS=1.");
    }

    [Fact]
    public void The_file_of_the_service_is_right() => Assert.Equal(
        "/var/lib/rpcstore",
        TestSources.Create([], Path.Combine(ContractFiles.Repository, "packaging/systemd/rpcstore.json")).Read().Get(EndpointSettings.Data));

    private static ServerOptions ToOptions(params (string, string)[] flags) => ServerOptionsFactory.Create(TestSources.Flags(flags).Read(), []);

    // Lists are compared by what is in them.
    private static string Describe(ServerOptions options) =>
        $"{options with { Listen = [], Inherited = [] }} {string.Join(' ', options.Listen)} {string.Join(' ', options.Inherited)}";
}
