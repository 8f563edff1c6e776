namespace RpcStore.Core.Flists.Registry;

/// <summary>The refusals of this domain, in one wording.</summary>
internal static class FlistRegistryFaults
{
    /// <summary>There is no such flist, or none that the caller may see.</summary>
    public static StoreException NoFlist(string name) =>
        new(Fault.NotFound, $"There is no flist '{name}', or it is another's and not public.")
        {
            Details = new Dictionary<string, object> { ["id"] = name, ["reason"] = "flist" },
        };

    /// <summary>Somebody else was faster.</summary>
    public static StoreException Changed(FlistKey key, string? actual) =>
        new(
            Fault.Precondition,
            actual is null
                ? $"The flist '{key}' is not there, so it does not have the digest that was expected. Nothing was changed."
                : $"The flist '{key}' has the digest {actual}, another than expected: somebody changed it. Nothing was changed.")
        {
            Details = new Dictionary<string, object> { ["reason"] = actual ?? FlistCondition.None },
        };

    /// <summary>It is published, and would be gone from under its sites.</summary>
    public static StoreException InUse(FlistKey key, Exception inner) =>
        new(Fault.Conflict, $"The flist '{key}' is published. Unpublish its sites first.", inner)
        {
            Details = new Dictionary<string, object> { ["id"] = key.ToString(), ["reason"] = "published" },
        };

    /// <summary>It cannot be served as long as it is not whole.</summary>
    public static StoreException Incomplete(Flist flist) =>
        new(
            Fault.Conflict,
            $"The flist '{flist.Key}' is incomplete: {flist.MissingBlobs} of its blobs are not here, and {flist.IncompleteFiles} of its files lack "
                + "blocks. Upload the blobs and verify it, or upload it again, whole.")
        {
            Details = new Dictionary<string, object> { ["id"] = flist.Key.ToString(), ["state"] = "incomplete", ["reason"] = "incomplete" },
        };

    /// <summary>Its files lack blocks, which no upload of blobs mends.</summary>
    public static StoreException LacksBlocks(FlistSummary summary) =>
        new(
            Fault.Invalid,
            $"{summary.IncompleteFiles} of the flist's files have other than the blocks that their size needs: "
                + $"{string.Join("; ", summary.Examples.Take(5))}. Pack it again, or allow it to be incomplete.")
        {
            Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = "files lack blocks" },
        };

    /// <summary>A parameter is wrong.</summary>
    public static StoreException Invalid(string pointer, string reason) =>
        new(Fault.Invalid, $"{pointer}: {reason}.")
        {
            Details = new Dictionary<string, object> { ["pointer"] = pointer, ["reason"] = reason },
        };
}
