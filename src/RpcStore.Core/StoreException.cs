namespace RpcStore.Core;

/// <summary>Why the store could not do what it was asked. One table in the server maps each to an error of the contract.</summary>
public enum Fault
{
    /// <summary>What was named does not exist.</summary>
    NotFound,

    /// <summary>The state of what was named forbids it.</summary>
    Conflict,

    /// <summary>A condition that the caller set does not hold.</summary>
    Precondition,

    /// <summary>An argument is malformed; <see cref="StoreException.Details"/> say which and how.</summary>
    Invalid,

    /// <summary>A limit was passed; <see cref="StoreException.Details"/> name it.</summary>
    TooLarge,

    /// <summary>Bytes received do not have the digest that they should.</summary>
    DigestMismatch,

    /// <summary>Bytes stored do not have the digest that they should.</summary>
    Corrupt,

    /// <summary>No space is left, or the quota is used up.</summary>
    Full,

    /// <summary>The disk fails, is read-only or gone, or too much is going on; it may be better later.</summary>
    Unavailable,

    /// <summary>A credential was not accepted; <see cref="StoreException.Details"/> give the reason.</summary>
    Unauthenticated,

    /// <summary>Somebody tries too often; <see cref="StoreException.Details"/> say after how many seconds to try again.</summary>
    RateLimited,
}

/// <summary>The store could not do what it was asked.</summary>
/// <param name="fault">Why.</param>
/// <param name="message">What was wrong and with what, and what to do, for a person. Holds no path outside the data directory.</param>
/// <param name="innerException">What led to it, for the log.</param>
public sealed class StoreException(Fault fault, string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Why.</summary>
    public Fault Fault { get; } = fault;

    /// <summary>More, for a program, under the names of the contract's <c>data</c> fields: <c>limit</c>, <c>id</c>, <c>reason</c> …</summary>
    public IReadOnlyDictionary<string, object> Details { get; init; } = new Dictionary<string, object>();
}
