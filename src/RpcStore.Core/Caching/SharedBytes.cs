using System.Buffers;

namespace RpcStore.Core.Caching;

/// <summary>
/// Bytes in memory of the shared pool that several hold at once. The last one that lets go gives the memory back; nobody who
/// holds them ever sees other bytes in it. Safe to use from any thread.
/// </summary>
public sealed class SharedBytes
{
    private readonly byte[] buffer;
    private int holders = 1;

    private SharedBytes(byte[] buffer, int length) => (this.buffer, Length) = (buffer, length);

    /// <summary>How many there are.</summary>
    public int Length { get; }

    /// <summary>What they take in memory.</summary>
    public int Cost => Math.Max(buffer.Length, 1);

    /// <summary>The bytes; to be read by who holds them, and written by who made them before anybody else does.</summary>
    public ReadOnlyMemory<byte> Memory => buffer.AsMemory(0, Length);

    /// <summary>Takes memory of the pool that was filled.</summary>
    /// <param name="buffer">Rented from <see cref="ArrayPool{T}.Shared"/>; belongs to the new object.</param>
    /// <param name="length">How much of it counts.</param>
    /// <returns>Held once, by the caller.</returns>
    public static SharedBytes Own(byte[] buffer, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, buffer.Length);
        return new SharedBytes(buffer, length);
    }

    /// <summary>Holds them once more. Only for who holds them, or knows that somebody does.</summary>
    public void Hold() => Interlocked.Increment(ref holders);

    /// <summary>Lets go of them once.</summary>
    /// <exception cref="InvalidOperationException">Nobody held them.</exception>
    public void Release()
    {
        var left = Interlocked.Decrement(ref holders);
        if (left == 0)
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        else if (left < 0)
        {
            throw new InvalidOperationException("These bytes were let go already.");
        }
    }
}
