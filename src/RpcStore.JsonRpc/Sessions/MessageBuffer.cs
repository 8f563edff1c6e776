using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RpcStore.JsonRpc.Sessions;

/// <summary>
/// Messages on their way out, one behind the other, in a reused array. Rented for a burst or a single message and given back
/// when sent, so that idle sessions hold none. Belongs to one thread at a time.
/// </summary>
internal sealed class MessageBuffer : IBufferWriter<byte>, IDisposable
{
    /// <summary>A larger array goes back to the array pool, so that a rare large reply does not stay for ever.</summary>
    private const int LargestKept = 64 * 1024;
    private const int InitialSize = 4 * 1024;

    /// <summary>As many as there may be bursts at once; more are made and dropped again under greater load.</summary>
    private static readonly BoundedPool<MessageBuffer> Pool = new(Environment.ProcessorCount * 4);

    private readonly Utf8JsonWriter json;
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
    private int[] ends = new int[64];

    private MessageBuffer()
    {
        // What is written here comes from generated serializers and from this folder, so its structure needs no second
        // check. The relaxed encoder leaves quotes and non-ASCII readable: nothing of this is put into HTML.
        json = new(this, new() { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Bytes of all messages, with what the last one has so far.</summary>
    public int Length { get; private set; }

    /// <summary>Messages that are ended.</summary>
    public int Count { get; private set; }

    /// <summary>All bytes so far.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    /// <summary>An empty one; <see cref="Dispose"/> gives it back.</summary>
    public static MessageBuffer Rent() => Pool.TryTake(out var buffer) ? buffer : new MessageBuffer();

    /// <summary>A writer for the next value; to be flushed before anything else is written here.</summary>
    public Utf8JsonWriter BeginValue()
    {
        json.Reset();
        return json;
    }

    /// <summary>Copies text to the end.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        text.CopyTo(GetSpan(text.Length));
        Length += text.Length;
    }

    /// <summary>Copies three pieces of text to the end: what surrounds an id, and the id.</summary>
    public void Append(ReadOnlySpan<byte> before, ReadOnlySpan<byte> middle, ReadOnlySpan<byte> after)
    {
        var target = GetSpan(before.Length + middle.Length + after.Length);
        before.CopyTo(target);
        middle.CopyTo(target[before.Length..]);
        after.CopyTo(target[(before.Length + middle.Length)..]);
        Length += before.Length + middle.Length + after.Length;
    }

    /// <summary>Takes back what was written after the given length, which must not lie before the last ended message.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Ends a message.</summary>
    public void EndMessage()
    {
        if (Count == ends.Length)
        {
            Array.Resize(ref ends, ends.Length * 2);
        }

        ends[Count++] = Length;
    }

    /// <summary>A message that is ended, by its place.</summary>
    public ReadOnlyMemory<byte> this[int index]
    {
        get
        {
            var start = index == 0 ? 0 : ends[index - 1];
            return bytes.AsMemory(start, ends[index] - start);
        }
    }

    /// <summary>Copies all messages of another buffer behind those of this one.</summary>
    public void Append(MessageBuffer other)
    {
        for (var index = 0; index < other.Count; index++)
        {
            Append(other[index].Span);
            EndMessage();
        }
    }

    /// <summary>Drops what is in it.</summary>
    public void Clear()
    {
        Length = 0;
        Count = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count) => Length += count;

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Grow(sizeHint);
        return bytes.AsSpan(Length);
    }

    /// <summary>Gives it back; it must not be used any more.</summary>
    public void Dispose()
    {
        Clear();
        if (bytes.Length > LargestKept)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = ArrayPool<byte>.Shared.Rent(InitialSize);
        }

        if (!Pool.TryKeep(this))
        {
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = [];
        }
    }

    private void Grow(int sizeHint)
    {
        if (bytes.Length - Length >= Math.Max(sizeHint, 1))
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(checked(Math.Max(Length + sizeHint, bytes.Length * 2)));
        bytes.AsSpan(0, Length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
