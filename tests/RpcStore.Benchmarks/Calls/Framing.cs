using System.Buffers.Binary;
using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;

namespace RpcStore.Benchmarks.Calls;

/// <summary>One way to tell messages apart, as bare as a client can have it. The echo speaks it as well.</summary>
internal abstract class Framing
{
    /// <summary>JSON values one after another; each reply is a line.</summary>
    public static readonly Framing JsonStream = new Lines();

    /// <summary>Content-Length headers.</summary>
    public static readonly Framing Headers = new HeaderFrames();

    /// <summary>A text frame a message.</summary>
    public static readonly Framing WebSocket = new WebSocketFrames();

    /// <summary>A POST a message.</summary>
    public static readonly Framing Http = new HttpMessages();

    public abstract string Name { get; }

    /// <summary>A request as it goes over the wire.</summary>
    public abstract byte[] Encode(string json);

    /// <summary>Length of the first message; 0 when it is not whole yet.</summary>
    /// <param name="input">What came.</param>
    public abstract int Measure(ReadOnlySpan<byte> input);

    /// <summary>What comes before the first message.</summary>
    public virtual void Open(Socket socket)
    {
    }

    private static int MeasureHeaders(ReadOnlySpan<byte> input)
    {
        var end = input.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return 0;
        }

        var name = "Content-Length: "u8;
        var at = input[..end].IndexOf(name);
        if (at < 0 || !Utf8Parser.TryParse(input[(at + name.Length)..], out int length, out _))
        {
            throw new InvalidDataException($"No length: {Encoding.UTF8.GetString(input[..end])}");
        }

        var total = end + 4 + length;
        return total <= input.Length ? total : 0;
    }

    private sealed class Lines : Framing
    {
        public override string Name => "JSON stream";

        public override byte[] Encode(string json) => Encoding.UTF8.GetBytes(json + "\n");

        public override int Measure(ReadOnlySpan<byte> input) => input.IndexOf((byte)'\n') + 1;
    }

    private sealed class HeaderFrames : Framing
    {
        public override string Name => "header-delimited";

        public override byte[] Encode(string json) => Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

        public override int Measure(ReadOnlySpan<byte> input) => MeasureHeaders(input);
    }

    private sealed class HttpMessages : Framing
    {
        public override string Name => "HTTP POST";

        public override byte[] Encode(string json) => Encoding.UTF8.GetBytes(
            $"POST /rpc HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

        public override int Measure(ReadOnlySpan<byte> input) => MeasureHeaders(input);
    }

    /// <summary>RFC 6455, section 5.2. A mask of zeroes is a mask and leaves the bytes as they are.</summary>
    private sealed class WebSocketFrames : Framing
    {
        private const byte FinalText = 0x81;
        private const byte Masked = 0x80;

        public override string Name => "WebSocket";

        public override byte[] Encode(string json)
        {
            var payload = Encoding.UTF8.GetBytes(json);
            byte[] header = payload.Length < 126
                ? [FinalText, (byte)(Masked | payload.Length), 0, 0, 0, 0]
                : [FinalText, Masked | 126, (byte)(payload.Length >> 8), (byte)payload.Length, 0, 0, 0, 0];
            return [.. header, .. payload];
        }

        public override int Measure(ReadOnlySpan<byte> input)
        {
            if (input.Length < 4)
            {
                return 0;
            }

            if (input[0] != FinalText)
            {
                throw new InvalidDataException($"A frame begins with {input[0]:x2}.");
            }

            var mask = (input[1] & Masked) != 0 ? 4 : 0;
            var total = mask + (input[1] & 0x7f) switch
            {
                126 => 4 + BinaryPrimitives.ReadUInt16BigEndian(input[2..]),
                127 => throw new InvalidDataException("A frame of more than 64 KiB does not belong to this benchmark."),
                var length => 2 + length,
            };
            return total <= input.Length ? total : 0;
        }

        public override void Open(Socket socket)
        {
            socket.Send("GET /rpc HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"u8);
            var answer = new byte[4096];
            var length = 0;
            while (answer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
            {
                length += socket.Receive(answer.AsSpan(length));
            }
        }
    }
}
