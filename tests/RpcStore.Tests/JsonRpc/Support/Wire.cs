using System.Buffers;
using System.IO.Pipelines;

namespace RpcStore.Tests.JsonRpc.Support;

/// <summary>A connection within the process: what one end writes, the other reads.</summary>
internal sealed class Wire
{
    /// <param name="pauseThreshold">Unread bytes at which a writer is made to wait; 0 for never.</param>
    public Wire(int pauseThreshold = 0)
    {
        var options = new PipeOptions(
            pauseWriterThreshold: pauseThreshold, resumeWriterThreshold: pauseThreshold / 2, useSynchronizationContext: false);
        var there = new Pipe(options);
        var back = new Pipe(options);
        Near = new End(back.Reader, there.Writer);
        Far = new End(there.Reader, back.Writer);
    }

    public End Near { get; }

    public End Far { get; }

    public sealed class End(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input { get; } = input;

        public PipeWriter Output { get; } = output;

        public Stream AsStream() => new DuplexStream(Input.AsStream(), Output.AsStream());

        public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await Output.WriteAsync(bytes).Soon();

        /// <summary>Reads until the bytes read so far satisfy the condition or the other end stops; leaves nothing unread.</summary>
        public async Task<byte[]> ReadUntilAsync(Func<ReadOnlySpan<byte>, bool> isEnough)
        {
            var read = new ArrayBufferWriter<byte>();
            while (!isEnough(read.WrittenSpan))
            {
                var result = await Input.ReadAsync().Soon();
                foreach (var segment in result.Buffer)
                {
                    read.Write(segment.Span);
                }

                Input.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    break;
                }
            }

            return read.WrittenSpan.ToArray();
        }
    }

    private sealed class DuplexStream(Stream input, Stream output) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => output.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => output.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => input.Read(buffer, offset, count);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            input.ReadAsync(buffer, cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => output.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            output.WriteAsync(buffer, cancellationToken);

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                input.Dispose();
                output.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
