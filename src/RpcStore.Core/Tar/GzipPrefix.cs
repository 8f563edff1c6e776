namespace RpcStore.Core.Tar;

/// <summary>Looks at the first two bytes of a stream, and gives them back before the rest.</summary>
internal static class GzipPrefix
{
    private const int MagicBytes = 2;

    /// <summary>Tells whether a stream is gzip (RFC 1952, section 2.3.1: it begins with 1f 8b).</summary>
    /// <returns>The whole stream, those bytes included; disposing it leaves <paramref name="stream"/> open.</returns>
    public static async ValueTask<(Stream Whole, bool IsGzip)> DetectAsync(Stream stream, CancellationToken cancellationToken)
    {
        var head = new byte[MagicBytes];
        var length = await stream.ReadAtLeastAsync(head, MagicBytes, throwOnEndOfStream: false, cancellationToken);
        return (new PrefixedStream(head.AsMemory(0, length), stream), head is [0x1f, 0x8b]);
    }

    private sealed class PrefixedStream(ReadOnlyMemory<byte> prefix, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> prefix = prefix;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (prefix.IsEmpty)
            {
                return rest.ReadAsync(buffer, cancellationToken);
            }

            var count = Math.Min(prefix.Length, buffer.Length);
            prefix[..count].CopyTo(buffer);
            prefix = prefix[count..];
            return new(count);
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new NotSupportedException("The bytes come from a connection: read them asynchronously.");

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
