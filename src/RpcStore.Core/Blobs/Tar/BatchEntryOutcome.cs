namespace RpcStore.Core.Blobs.Tar;

/// <summary>What became of an entry of a tar batch.</summary>
public enum BatchEntryStatus
{
    /// <summary>It is stored, and durable.</summary>
    Stored,

    /// <summary>It was here before, or came twice.</summary>
    Existing,

    /// <summary>Its bytes do not have the digest that its name says.</summary>
    Mismatch,

    /// <summary>It is no blob entry.</summary>
    Invalid,
}

/// <summary>What became of one entry.</summary>
/// <param name="Entry">The entry.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">What was wrong, when it was not stored.</param>
public readonly record struct BatchEntryOutcome(TarEntry Entry, BatchEntryStatus Status, string? Reason);

/// <summary>What became of a batch.</summary>
/// <param name="Stored">Entries stored.</param>
/// <param name="Existing">Entries that were here before.</param>
/// <param name="Failed">Entries that were not taken.</param>
/// <param name="Bytes">Bytes of the entries stored.</param>
/// <param name="Error">What ended the batch early; null when all of it was read.</param>
public sealed record BatchOutcome(long Stored, long Existing, long Failed, long Bytes, StoreException? Error);

/// <summary>Gets the outcome of entries, in their order, once they are durable.</summary>
public interface IBatchOutcomeSink
{
    /// <summary>Takes outcomes; the memory is used again after the call.</summary>
    ValueTask WriteAsync(ReadOnlyMemory<BatchEntryOutcome> outcomes, CancellationToken cancellationToken);
}
