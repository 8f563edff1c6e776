namespace RpcStore.Core.Flists;

/// <summary>Where rfs finds the blobs whose id begins with a byte of a range. Immutable.</summary>
/// <param name="First">The lowest first byte.</param>
/// <param name="Last">The highest first byte, itself included.</param>
/// <param name="Url">The store. May hold a password: not to be shown to everybody.</param>
public sealed record FlistRoute(byte First, byte Last, string Url);
