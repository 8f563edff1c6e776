using System.Buffers;

namespace RpcStore.JsonRpc.Channels;

/// <summary>
/// The pieces of a message that did not come in one, put together in a pooled array. Between messages it holds none, so an
/// idle connection costs no buffer.
/// </summary>
internal sealed class PartialMessage
{
    private byte[] bytes = [];
    private int length;
    private bool isTaken;

    /// <summary>Whether nothing was appended.</summary>
    public bool IsEmpty => length == 0;

    /// <summary>Bytes so far.</summary>
    public int Length => length;

    /// <summary>Copies a piece behind the others.</summary>
    public void Append(ReadOnlySpan<byte> piece)
    {
        if (piece.IsEmpty)
        {
            return;
        }

        piece.CopyTo(GetSpace(piece.Length).Span);
        length += piece.Length;
    }

    /// <summary>Room for at least <paramref name="size"/> further bytes, to be followed by <see cref="Advance"/>.</summary>
    public Memory<byte> GetSpace(int size)
    {
        if (bytes.Length - length < size)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(length + size, bytes.Length * 2));
            bytes.AsSpan(0, length).CopyTo(larger);
            Release();
            bytes = larger;
        }

        return bytes.AsMemory(length);
    }

    /// <summary>Tells that bytes were written to what <see cref="GetSpace"/> gave.</summary>
    public void Advance(int count) => length += count;

    /// <summary>Appends the last piece and lends the whole until <see cref="DropTaken"/>.</summary>
    public ReadOnlyMemory<byte> Complete(ReadOnlySpan<byte> lastPiece)
    {
        Append(lastPiece);
        isTaken = true;
        return bytes.AsMemory(0, length);
    }

    /// <summary>Begins anew if the message was completed.</summary>
    public void DropTaken()
    {
        if (isTaken)
        {
            Clear();
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        Release();
        bytes = [];
        length = 0;
        isTaken = false;
    }

    private void Release()
    {
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }
}
