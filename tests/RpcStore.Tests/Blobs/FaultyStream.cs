using RpcStore.Core;

namespace RpcStore.Tests.Blobs;

/// <summary>Content that comes in pieces of any size, and at some place does what a test wants: break, or be cancelled.</summary>
internal sealed class FaultyStream(byte[] content, int piece, int faultAt = int.MaxValue, Action? fault = null) : ForwardStream
{
    private int position;

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (position >= faultAt)
        {
            fault?.Invoke();
        }

        cancellationToken.ThrowIfCancellationRequested();
        var count = Math.Min(Math.Min(piece, buffer.Length), content.Length - position);
        content.AsSpan(position, count).CopyTo(buffer.Span);
        position += count;
        return new(count);
    }
}
