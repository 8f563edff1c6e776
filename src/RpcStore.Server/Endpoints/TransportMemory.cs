using System.Buffers;
using Microsoft.AspNetCore.Connections;

namespace RpcStore.Server.Endpoints;

/// <summary>
/// The memory that connections read into and write from, in blocks of 32 KiB. Kestrel's own blocks have 4 KiB: a list of a
/// thousand ids would take seventeen calls of the system each way, and a batch of a gigabyte a quarter of a million.
/// </summary>
/// <remarks>A connection that waits for its peer holds no block. Thread-safe; what is given back is kept by the shared array pool.</remarks>
internal sealed class TransportMemory : MemoryPool<byte>, IMemoryPoolFactory<byte>
{
    private const int BlockBytes = 32 * 1024;

    /// <inheritdoc/>
    public override int MaxBufferSize => Shared.MaxBufferSize;

    /// <inheritdoc/>
    public MemoryPool<byte> Create(MemoryPoolOptions? options = null) => this;

    /// <inheritdoc/>
    public override IMemoryOwner<byte> Rent(int minBufferSize = -1) => Shared.Rent(Math.Max(minBufferSize, BlockBytes));

    /// <summary>Does nothing: the blocks belong to the shared pool, and whoever was given this one may dispose it.</summary>
    protected override void Dispose(bool disposing)
    {
    }
}
