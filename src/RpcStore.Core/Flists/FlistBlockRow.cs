using RpcStore.Core.Flists.Blocks;

namespace RpcStore.Core.Flists;

/// <summary>A block as a list of blocks tells it.</summary>
/// <param name="Position">Its place in the table: what the next page begins after. A file's blocks are in this order.</param>
/// <param name="Ino">The file that it is of.</param>
/// <param name="Block">Its id and its key.</param>
public readonly record struct FlistBlockRow(long Position, long Ino, FlistBlock Block);
