using RpcStore.Client;
using RpcStore.Contract.Connections;
using Xunit;

namespace RpcStore.Tests.Client;

/// <summary>The URLs of endpoints, as people write them.</summary>
public sealed class EndpointUrlTests
{
    private const string Pin = "AB0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd";
    private const string LowerPin = "ab0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd";

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
    [InlineData("unix:/run/x.sock?mode=single", "unix:/run/x.sock?mode=single")]
    [InlineData("tls://*:9751", "tls://*:9751")]
    [InlineData("tls://[400::1]:9751/rpc", "tls://[400::1]:9751")]
    [InlineData("tls://a:1#sha256:" + Pin, "tls://a:1#sha256:" + LowerPin)]
    [InlineData("overlay://400::/7:9750", "overlay://400::/7:9750")]
    [InlineData("overlay://[400::]/7:9750", "overlay://400::/7:9750")]
    [InlineData("overlay://0400:0::/7:1", "overlay://400::/7:1")]
    [InlineData("overlay://::/0:1", "overlay://::/0:1")]
    [InlineData("overlay://fd00:1:2:3::1/128:1", "overlay://fd00:1:2:3::1/128:1")]
    [InlineData("overlay://100.64.0.0/10:9750", "overlay://100.64.0.0/10:9750")]
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
    [InlineData("unix:?mode=single")]
    [InlineData("unix:/run/x.sock?")]
    [InlineData("unix:/run/x.sock?mode=many")]
    [InlineData("unix:/run/x.sock?mode=single&mode=single")]
    [InlineData("tls://host")]
    [InlineData("tls://host:1#")]
    [InlineData("tls://host:1#sha256:00")]
    [InlineData("tls://host:1#sha1:" + Pin)]
    [InlineData("tcp://host:1#sha256:" + Pin)]
    [InlineData("overlay://")]
    [InlineData("overlay://400::/7")]
    [InlineData("overlay://400::/7:")]
    [InlineData("overlay://400::/7:0")]
    [InlineData("overlay://400::/7:65536")]
    [InlineData("overlay://400::/:9750")]
    [InlineData("overlay://400::/-1:9750")]
    [InlineData("overlay://400::/129:9750")]
    [InlineData("overlay://100.64.0.0/33:9750")]
    [InlineData("overlay://400::9750")]
    [InlineData("overlay:///7:9750")]
    [InlineData("overlay://name/7:9750")]
    [InlineData("overlay://fe80::%1/10:9750")]
    public void What_is_none_is_refused_in_words_that_quote_it(string text)
    {
        Assert.False(EndpointUrl.TryParse(text, out var url, out var reason));
        Assert.Null(url);
        Assert.Contains($"'{text}'", reason);
    }

    [Theory]
    [InlineData("overlay://400::1/7:9750", "overlay://400::/7:PORT")]
    [InlineData("overlay://500::/7:9750", "overlay://400::/7:PORT")]
    [InlineData("overlay://100.64.0.1/10:9750", "overlay://100.64.0.0/10:PORT")]
    public void A_prefix_with_bits_behind_its_length_is_refused_with_the_one_that_was_meant(string text, string meant)
    {
        Assert.False(EndpointUrl.TryParse(text, out _, out var reason));
        Assert.Contains(meant, reason);
    }

    [Fact]
    public void A_single_endpoint_and_a_pinned_one_differ_from_the_plain_ones()
    {
        Assert.NotEqual(EndpointUrl.Parse("unix:/x"), EndpointUrl.Parse("unix:/x?mode=single"));
        Assert.NotEqual(EndpointUrl.Parse("tls://a:1"), EndpointUrl.Parse("tls://a:1#sha256:" + Pin));
        Assert.Equal(LowerPin, EndpointUrl.Parse("tls://a:1").WithPin(Pin).CertificatePin);
    }

    [Fact]
    public void A_client_cannot_be_given_the_prefix_that_servers_listen_in()
    {
        var e = Assert.Throws<FormatException>(() => RpcStoreClient.Connect("overlay://400::/7:9750"));
        Assert.Contains("tcp://[ADDRESS]:9750", e.Message);
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
        const string Letters = "unixtcpwsh:/[]*.0123456789 \t\0ä?#";
        for (var round = 0; round < 20_000; round++)
        {
            var prefix = random.Next(5) switch { 0 => "tcp://", 1 => "unix:", 2 => "overlay://", 3 => "tls://", _ => "" };
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
