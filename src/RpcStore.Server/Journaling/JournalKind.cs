namespace RpcStore.Server.Journaling;

/// <summary>How the journal takes a method or route; the contract says which (<c>x-journal</c>).</summary>
internal enum JournalKind
{
    /// <summary>A question: recorded where everything is, or when it was refused.</summary>
    Query,

    /// <summary>Moves bytes out, or uses a permission: recorded within a second.</summary>
    Read,

    /// <summary>Changes something: recorded on the disk before its reply, and refused while that is not possible.</summary>
    Change,
}
