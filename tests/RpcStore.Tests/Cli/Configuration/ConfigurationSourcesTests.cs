using RpcStore.Cli;
using RpcStore.Cli.Configuration.Declarations;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Cli.Configuration;

/// <summary>Which of several places counts, and what is said of mistakes.</summary>
public sealed class ConfigurationSourcesTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    private string File => Path.Combine(folder.Path, "rpcstore.json");

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_flag_counts_before_the_environment_that_before_the_file_and_that_before_the_default()
    {
        Write("""{ "max-connections": 3, "max-transfers": 3, "max-batch-calls": 3 }""");
        var configuration = TestSources.Create(
            new() { ["RPCSTORE_MAX_CONNECTIONS"] = "2", ["RPCSTORE_MAX_TRANSFERS"] = "2", ["RPCSTORE_MAX_BATCH_ENTRIES"] = "" },
            File,
            ("max-connections", "1")).Read();
        Assert.Equal(1, configuration.Get(LimitSettings.MaxConnections));
        Assert.Equal(2, configuration.Get(LimitSettings.MaxTransfers));
        Assert.Equal(3, configuration.Get(LimitSettings.MaxBatchCalls));
        Assert.Equal(1_000_000, configuration.Get(LimitSettings.MaxBatchEntries));
        Assert.Equal("--max-connections", configuration.Find(LimitSettings.MaxConnections).Source.Name);
        Assert.Equal("RPCSTORE_MAX_TRANSFERS", configuration.Find(LimitSettings.MaxTransfers).Source.Name);
        Assert.Equal($"{File}:1: max-batch-calls", configuration.Find(LimitSettings.MaxBatchCalls).Source.Name);
        Assert.Equal("default", configuration.Find(LimitSettings.MaxBatchEntries).Source.Name);
    }

    [Fact]
    public void A_file_may_have_comments_lists_numbers_and_a_last_comma()
    {
        Write(
            """
            // Reached from elsewhere.
            {
              "listen": ["tcp://127.0.0.1:1", "tcp://127.0.0.1:2"], /* two */
              "max-connections": 5, "shutdown-grace": 7,
              "tls-self-signed": true,
              "journal-max-bytes": "2GiB",
            }
            """);
        var configuration = TestSources.Create([], File).Read();
        Assert.Equal(["tcp://127.0.0.1:1", "tcp://127.0.0.1:2"], configuration.Get(EndpointSettings.Listen).Select(url => url.ToString()));
        Assert.Equal(5, configuration.Get(LimitSettings.MaxConnections));
        Assert.Equal(TimeSpan.FromSeconds(7), configuration.Get(RunSettings.ShutdownGrace));
        Assert.True(configuration.Get(EndpointSettings.TlsSelfSigned));
        Assert.Equal(2L << 30, configuration.Get(JournalSettings.MaxBytes));
    }

    [Fact]
    public void A_variable_separates_the_values_of_a_list_by_commas()
    {
        var configuration = TestSources.Create(new() { ["RPCSTORE_LISTEN"] = "tcp://127.0.0.1:1, unix:/run/x.sock" }, null).Read();
        Assert.Equal(["tcp://127.0.0.1:1", "unix:/run/x.sock"], configuration.Get(EndpointSettings.Listen).Select(url => url.ToString()));
    }

    [Theory]
    [InlineData("{\n\"jornal-max-age\": 1 }", "rpcstore.json:2: 'jornal-max-age' is no setting; did you mean 'journal-max-age'?")]
    [InlineData("{ \"moon\": 1 }", "rpcstore.json:1: 'moon' is no setting")]
    [InlineData("{\"max-transfers\": 1,\n\n\"max-transfers\": 2 }", "rpcstore.json:3: 'max-transfers' is there twice; the first is on line 1")]
    [InlineData("{\n\n\"journal-max-age\": \"3w\" }", "rpcstore.json:3: journal-max-age takes a duration in s, m, h or d, from 1m to 36500d, not '3w'")]
    [InlineData("{ \"max-connections\": 0 }", "max-connections takes a number from 1 to 1000000, not '0'")]
    [InlineData("{ \"max-connections\": 1.5 }", "not '1.5'")]
    [InlineData("{ \"max-connections\": [1, 2] }", "max-connections takes one value, not 2")]
    [InlineData("{ \"max-connections\": null }", "rpcstore.json:1: max-connections is null")]
    [InlineData("{ \"journal\": {\n\"max-age\": 1 } }", "settings are not nested: write \"journal-…\"")]
    [InlineData("{ \"listen\": [] }", "at least one")]
    [InlineData("{ \"listen\": \"http://127.0.0.1:1\" }", "write tcp://127.0.0.1:1")]
    [InlineData("{ \"socket-mode\": \"0066\" }", "socket-mode takes a mode in octal")]
    [InlineData("{ \"tls-self-signed\": \"yes\" }", "true or false, not 'yes'")]
    [InlineData("{ \"tls-self-signed\": [] }", "takes one value, not 0")]
    [InlineData("{ \"data\": \"\" }", "data takes a path")]
    [InlineData("{ \"log-level\": \"loud\" }", "error, warning, info, debug or trace, not 'loud'")]
    [InlineData("{ \"max-inline-blob-bytes\": \"8MiB\" }", "8MiB in base64 does not fit into max-message-bytes, 8MiB")]
    [InlineData("{ \"tls-key\": \"/x\" }", "tls-key needs --tls-certificate")]
    [InlineData("[]", "a configuration is one JSON object")]
    [InlineData("", "rpcstore.json:1: not JSON")]
    [InlineData("{\n\"max-transfers\" 1 }", "rpcstore.json:2: not JSON")]
    [InlineData("{ } x", "not JSON")]
    public void A_mistake_in_a_file_is_told_with_its_line_and_what_is_allowed(string text, string expected)
    {
        Write(text);
        Assert.Contains(expected, Assert.Throws<UsageException>(TestSources.Create([], File).Read).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named() =>
        Assert.Contains(File, Assert.Throws<UsageException>(TestSources.Create([], File).Read).Message);

    [Theory]
    [InlineData("RPCSTORE_JOURNAL_MAXAGE", "RPCSTORE_JOURNAL_MAXAGE is no setting; did you mean RPCSTORE_JOURNAL_MAX_AGE?")]
    [InlineData("RPCSTORE_LISTN", "did you mean RPCSTORE_LISTEN?")]
    [InlineData("RPCSTORE_TLS_CIPHERS", "RPCSTORE_TLS_CIPHERS is no setting")]
    public void A_variable_that_looks_like_a_setting_and_is_none_is_named(string name, string expected) =>
        Assert.Contains(expected, Assert.Throws<UsageException>(TestSources.Create(new() { [name] = "1" }, null).Read).Message);

    [Theory]
    [InlineData("RPCSTORE_SERVER")]
    [InlineData("RPCSTORE_CONFIG")]
    [InlineData("RPCSTORE_DEBUG")]
    [InlineData("RPCSTORE_PORT_9750_TCP_ADDR")]
    [InlineData("RPCSTORE_SERVICE_HOST")]
    [InlineData("RPCSTORE_SEED")]
    [InlineData("JOURNAL_MAX_AGE")]
    public void Other_variables_are_left_alone(string name) =>
        Assert.Equal("400d", TestSources.Create(new() { [name] = "1" }, null).Read().Find(JournalSettings.MaxAge).Text);

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        Write("""{ "moon": 1, "max-connections": 0 }""");
        var message = Assert.Throws<UsageException>(
            TestSources.Create(new() { ["RPCSTORE_MAX_TRANSFERS"] = "many" }, File, ("max-batch-calls", "-1")).Read).Message;
        Assert.All(["'moon'", "max-connections", "RPCSTORE_MAX_TRANSFERS takes", "not 'many'", "--max-batch-calls takes"], word => Assert.Contains(word, message));
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("90s", 90)]
    [InlineData("2m", 120)]
    [InlineData("3h", 10800)]
    [InlineData("1d", 86400)]
    public void A_duration_has_a_unit_or_is_seconds(string text, int seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds), TestSources.Flags(("session-idle", text)).Read().Get(AccessSettings.SessionIdle));

    [Theory]
    [InlineData("99999999999999999999d")]
    [InlineData("9223372036854775807d")]
    [InlineData("-5s")]
    [InlineData("1.5h")]
    [InlineData("s")]
    [InlineData("")]
    [InlineData("5 m")]
    public void What_is_no_duration_is_refused(string text) =>
        Assert.Contains($"not '{text}'", Assert.Throws<UsageException>(TestSources.Flags(("session-idle", text)).Read).Message);

    [Theory]
    [InlineData("1048576", 1 << 20)]
    [InlineData("2048KiB", 2 << 20)]
    [InlineData("3MiB", 3 << 20)]
    [InlineData("1TiB", 1L << 40)]
    public void Bytes_may_have_a_unit(string text, long bytes) =>
        Assert.Equal(bytes, TestSources.Flags(("journal-max-bytes", text)).Read().Get(JournalSettings.MaxBytes));

    [Theory]
    [InlineData("99999999999TiB")]
    [InlineData("5MB")]
    [InlineData("1")]
    public void What_is_no_number_of_bytes_is_refused(string text) =>
        Assert.Contains($"not '{text}'", Assert.Throws<UsageException>(TestSources.Flags(("journal-max-bytes", text)).Read).Message);

    private void Write(string text) => System.IO.File.WriteAllText(File, text);
}
