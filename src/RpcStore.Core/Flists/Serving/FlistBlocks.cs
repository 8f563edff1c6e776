using System.Buffers;
using System.Globalization;
using RpcStore.Core.Blobs;
using RpcStore.Core.Caching;
using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Core.Flists.Serving;

/// <summary>
/// Brings blocks, decoded, for everybody who reads files of flists: those that were read lately come from memory. Safe to use
/// from any thread.
/// </summary>
/// <remarks>
/// A block is known by its id and its key together: who names the id of somebody else's block with a key of their own does not
/// get what others decoded. What a block takes while it is decoded, three times its size, is bounded by the number of
/// processors.
/// </remarks>
/// <param name="store">Where the blobs are. It need not verify what it reads, because decoding does that.</param>
/// <param name="capacity">Bytes of memory for decoded blocks.</param>
/// <param name="verified">
/// The same blobs, read with verification: one that could not be decoded is read here once more, so that what is damaged is
/// found and put aside. Null when there is nothing to be told.
/// </param>
public sealed class FlistBlocks(IBlobStore store, long capacity, IBlobStore? verified = null) : IDisposable
{
    private static readonly int MaxDecoding = 2 * Environment.ProcessorCount;

    private readonly BytesCache<FlistBlock> cache = new(capacity);
    private readonly SemaphoreSlim decoding = new(MaxDecoding);
    private int readingAhead;

    /// <summary>Bytes of memory that the blocks which are kept take.</summary>
    public long Cost => cache.Cost;

    /// <summary>A block that is in memory.</summary>
    /// <returns>Held once for the caller; null when it would have to be decoded.</returns>
    public SharedBytes? Find(FlistBlock block) => cache.Find(block);

    /// <summary>Brings a block.</summary>
    /// <param name="block">Which.</param>
    /// <param name="length">How many bytes it has where it is needed.</param>
    /// <returns>Held once for the caller, who lets go of it.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.Corrupt"/>: its blob is missing or damaged, its key does not fit, or it has another length;
    /// <see cref="Fault.Unavailable"/>: the disk fails.
    /// </exception>
    public ValueTask<SharedBytes> GetAsync(FlistBlock block, int length)
    {
        var get = cache.GetAsync(block, this, static (block, self) => self.DecodeAsync(block));
        return get.IsCompletedSuccessfully ? new(Check(get.Result, block, length)) : WaitAsync(get, block, length);
    }

    /// <summary>Has a block decoded that will be asked for soon, where a processor is free for it.</summary>
    public void ReadAhead(FlistBlock block)
    {
        if (cache.IsMaking(block))
        {
            return;
        }

        if (cache.Find(block) is { } found)
        {
            found.Release();
            return;
        }

        if (Interlocked.Increment(ref readingAhead) > MaxDecoding)
        {
            Interlocked.Decrement(ref readingAhead);
            return;
        }

        _ = Task.Run(async () =>
        {
            try
            {
                (await cache.GetAsync(block, this, static (block, self) => self.DecodeAsync(block))).Release();
            }
            catch (StoreException)
            {
                // Who needs the block asks for it and gets the same error.
            }
            finally
            {
                Interlocked.Decrement(ref readingAhead);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose() => decoding.Dispose();

    private static async ValueTask<SharedBytes> WaitAsync(ValueTask<SharedBytes> get, FlistBlock block, int length) =>
        Check(await get, block, length);

    private static SharedBytes Check(SharedBytes bytes, FlistBlock block, int length)
    {
        if (bytes.Length == length)
        {
            return bytes;
        }

        var actual = bytes.Length;
        bytes.Release();
        throw BlockCodec.Corrupt(
            block, string.Create(CultureInfo.InvariantCulture, $"it has {actual} bytes, where the file needs {length}"));
    }

    private async Task<SharedBytes> DecodeAsync(FlistBlock block)
    {
        await decoding.WaitAsync();
        var blob = ArrayPool<byte>.Shared.Rent(BlockCodec.MaxBlobBytes);
        var plain = ArrayPool<byte>.Shared.Rent(BlockCodec.BlockBytes);
        try
        {
            var size = await ReadAsync(block, blob);
            var length = BlockCodec.Decode(block, blob.AsSpan(0, size), plain);
            if (plain.Length - length < plain.Length / 4)
            {
                var whole = SharedBytes.Own(plain, length);
                plain = null;
                return whole;
            }

            // Most files of a site are far smaller than a block, and so is what is kept of them.
            var exact = ArrayPool<byte>.Shared.Rent(length);
            plain.AsSpan(0, length).CopyTo(exact);
            return SharedBytes.Own(exact, length);
        }
        catch (StoreException e) when (e.Fault == Fault.Corrupt && verified is not null)
        {
            await VerifyAsync(block);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(blob);
            if (plain is not null)
            {
                ArrayPool<byte>.Shared.Return(plain);
            }

            decoding.Release();
        }
    }

    private async Task<int> ReadAsync(FlistBlock block, byte[] buffer)
    {
        await using var reader = await store.OpenAsync(block.Id, CancellationToken.None)
            ?? throw BlockCodec.Corrupt(block, "its blob is not in the store");
        if (reader.Info.Size > BlockCodec.MaxBlobBytes)
        {
            throw BlockCodec.Corrupt(block, string.Create(CultureInfo.InvariantCulture, $"no block has {reader.Info.Size} bytes"));
        }

        var size = 0;
        while (size < reader.Info.Size
            && await reader.ReadAsync(size, buffer.AsMemory(size, (int)reader.Info.Size - size), CancellationToken.None) is > 0 and var read)
        {
            size += read;
        }

        return size;
    }

    /// <summary>Reads a blob that could not be decoded, so that the store puts it aside when its bytes are not those of its id.</summary>
    private async Task VerifyAsync(FlistBlock block)
    {
        await using var reader = await verified!.OpenAsync(block.Id, CancellationToken.None);
        if (reader is not null)
        {
            await reader.VerifyAheadAsync(CancellationToken.None);
        }
    }
}
