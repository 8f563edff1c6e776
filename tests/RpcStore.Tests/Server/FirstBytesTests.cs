using System.Buffers;
using System.Text;
using RpcStore.Server.Endpoints;
using Xunit;

namespace RpcStore.Tests.Server;

/// <summary>What a connection speaks, told from its first bytes.</summary>
public sealed class FirstBytesTests
{
    [Theory]
    [InlineData("", nameof(ConnectionProtocol.Undecided))]
    [InlineData(" \t\r\n", nameof(ConnectionProtocol.Undecided))]
    [InlineData("{", nameof(ConnectionProtocol.JsonStream))]
    [InlineData("  \n[", nameof(ConnectionProtocol.JsonStream))]
    [InlineData("C", nameof(ConnectionProtocol.Undecided))]
    [InlineData("content-LENGTH", nameof(ConnectionProtocol.Undecided))]
    [InlineData("Content-Length:", nameof(ConnectionProtocol.HeaderDelimited))]
    [InlineData("CONTENT-LENGTH: 5\r\n", nameof(ConnectionProtocol.HeaderDelimited))]
    [InlineData("CONNECT / HTTP/1.1", nameof(ConnectionProtocol.Http1))]
    [InlineData("Content-Type:", nameof(ConnectionProtocol.Http1))]
    [InlineData("GET / HTTP/1.1\r\n", nameof(ConnectionProtocol.Http1))]
    [InlineData("P", nameof(ConnectionProtocol.Undecided))]
    [InlineData("POST", nameof(ConnectionProtocol.Http1))]
    [InlineData("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", nameof(ConnectionProtocol.Http2))]
    [InlineData("PRI * HTTP/2", nameof(ConnectionProtocol.Undecided))]
    [InlineData("\r\nGET", nameof(ConnectionProtocol.Http1))]
    [InlineData("\0", nameof(ConnectionProtocol.Http1))]
    public void The_first_bytes_decide(string received, string protocol)
    {
        var bytes = Encoding.Latin1.GetBytes(received);
        Assert.Equal(protocol, FirstBytes.Detect(new ReadOnlySequence<byte>(bytes)).ToString());
    }

    /// <summary>Once decided, more bytes change nothing; until then, fewer bytes never decide for something else.</summary>
    [Theory]
    [InlineData(" \n {\"jsonrpc\"")]
    [InlineData("Content-Length: 10\r\n")]
    [InlineData("PRI * HTTP/2.0\r\n\r\n")]
    [InlineData("GET /openrpc.json HTTP/1.1\r\n")]
    [InlineData("CONtent-LENgth-x: 1")]
    public void The_decision_does_not_depend_on_how_the_bytes_are_cut(string received)
    {
        var bytes = Encoding.Latin1.GetBytes(received);
        var whole = FirstBytes.Detect(new ReadOnlySequence<byte>(bytes));
        for (var length = 0; length < bytes.Length; length++)
        {
            var part = FirstBytes.Detect(new ReadOnlySequence<byte>(bytes, 0, length));
            Assert.True(part == ConnectionProtocol.Undecided || part == whole, $"{part} after {length} bytes, {whole} in the end");
        }
    }
}
