namespace RpcStore.Client.Flists;

/// <summary>What an upload of a flist asks for, beside its name. Immutable.</summary>
public sealed record FlistUpload
{
    /// <summary>Whose flist it is to be; null: the caller's own.</summary>
    public string? Account { get; init; }

    /// <summary>Whether everybody may see it; null leaves that as it is, and makes a new one private.</summary>
    public bool? IsPublic { get; init; }

    /// <summary>Do it only when the flist has this digest, or, with <c>none</c>, when there is none of this name; null: in any case.</summary>
    public string? IfMatch { get; init; }

    /// <summary>Take a <c>.fl</c> whose blobs are not all on the server, too. It is not served until they are.</summary>
    public bool AllowsIncomplete { get; init; }

    /// <summary>For an archive: where rfs finds the blobs, written into the flist; null: it is not told.</summary>
    public string? StoreUrl { get; init; }
}
