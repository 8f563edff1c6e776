using RpcStore.Contract.Connections;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>The URLs of endpoints, as people write them.</summary>
public sealed class EndpointUrlTests
{
    [Theory]
    [InlineData("unix:/run/x.sock", "unix:/run/x.sock")]
    [InlineData("unix:x.sock", "unix:x.sock")]
    [InlineData("unix:///run/x.sock", "unix:/run/x.sock")]
    [InlineData("unix:a path/with blanks:and colons", "unix:a path/with blanks:and colons")]
    [InlineData("tcp://127.0.0.1:9750", "tcp://127.0.0.1:9750")]
    [InlineData("tcp://[::1]:9750", "tcp://[::1]:9750")]
    [InlineData("tcp://*:0", "tcp://*:0")]
    [InlineData("tcp://storage.example:1", "tcp://storage.example:1")]
    [InlineData("ws://localhost:9750/rpc", "ws://localhost:9750")]
    [InlineData("http://localhost:9750/", "http://localhost:9750")]
    [InlineData("http://[400::1]:65535/rpc", "http://[400::1]:65535")]
    public void What_is_an_endpoint_is_read_and_written_back_in_one_form(string text, string expected)
    {
        var url = EndpointUrl.Parse(text);
        Assert.Equal(expected, url.ToString());
        Assert.Equal(url, EndpointUrl.Parse(url.ToString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("unix:")]
    [InlineData("unix://")]
    [InlineData("tcp://")]
    [InlineData("tcp://host")]
    [InlineData("tcp://:9750")]
    [InlineData("tcp://host:")]
    [InlineData("tcp://host:65536")]
    [InlineData("tcp://host:-1")]
    [InlineData("tcp://host:+1")]
    [InlineData("tcp://host:1x")]
    [InlineData("tcp://::1:9750")]
    [InlineData("tcp://[]:9750")]
    [InlineData("tcp://a/b:9750")]
    [InlineData("gopher://host:70")]
    [InlineData("TCP://host:1")]
    [InlineData("/run/x.sock")]
    public void What_is_none_is_refused_in_words_that_quote_it(string text)
    {
        Assert.False(EndpointUrl.TryParse(text, out var url, out var reason));
        Assert.Null(url);
        Assert.Contains($"'{text}'", reason);
    }

    [Fact]
    public void A_socket_path_may_have_107_bytes_and_no_more()
    {
        Assert.True(EndpointUrl.TryParse("unix:/" + new string('a', 106), out _, out _));
        Assert.False(EndpointUrl.TryParse("unix:/" + new string('a', 107), out _, out var reason));
        Assert.Contains("107", reason);

        // Bytes, not letters: the system counts what it stores.
        Assert.False(EndpointUrl.TryParse("unix:/" + new string('ä', 54), out _, out _));
    }

    [Fact]
    public void Any_text_is_an_endpoint_or_is_explained()
    {
        var random = new Random(20261121);
        const string Letters = "unixtcpwsh:/[]*.0123456789 \t\0ä";
        for (var round = 0; round < 20_000; round++)
        {
            var prefix = random.Next(3) switch { 0 => "tcp://", 1 => "unix:", _ => "" };
            var text = prefix + string.Concat(Enumerable.Range(0, random.Next(24)).Select(_ => Letters[random.Next(Letters.Length)]));
            if (EndpointUrl.TryParse(text, out var url, out var reason))
            {
                Assert.Equal(url, EndpointUrl.Parse(url.ToString()));
            }
            else
            {
                Assert.NotEmpty(reason);
            }
        }
    }
}
