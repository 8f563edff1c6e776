namespace RpcStore.Client.Files;

/// <summary>
/// Reads exactly as many bytes of another stream as were promised: what a tar header says, its entry must have. It says that
/// it can seek, because <see cref="System.Formats.Tar.TarWriter"/> asks that before it asks for the length; it cannot.
/// </summary>
/// <param name="inner">Read from where it is; disposed with this.</param>
/// <param name="length">The bytes promised.</param>
internal abstract class FixedLengthStream(Stream inner, long length) : Stream
{
    private long position;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override long Position
    {
        get => position;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var wanted = (int)Math.Min(buffer.Length, length - position);
        if (wanted == 0)
        {
            return 0;
        }

        buffer = buffer[..wanted];
        var read = await ReadInnerAsync(inner, buffer, cancellationToken).ConfigureAwait(false);
        position += read;
        OnRead(buffer.Span[..read], isLast: position == length);
        return read;
    }

    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) =>
        ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads at least one byte of those promised, or throws.</summary>
    protected abstract ValueTask<int> ReadInnerAsync(Stream source, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Sees the bytes that were read.</summary>
    protected abstract void OnRead(ReadOnlySpan<byte> bytes, bool isLast);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
