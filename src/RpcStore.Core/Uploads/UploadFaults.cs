namespace RpcStore.Core.Uploads;

/// <summary>The refusals of this domain, in one wording.</summary>
internal static class UploadFaults
{
    /// <summary>There is no such file.</summary>
    public static StoreException NoFile(FileHash hash) => new(Fault.NotFound, $"No file with the hash {hash} was uploaded.")
    {
        Details = new Dictionary<string, object> { ["id"] = hash.ToString() },
    };

    /// <summary>Its blocks are not all known, or are not those that its hash says.</summary>
    public static StoreException Incomplete(UploadedFile file) => new(
        Fault.NotFound,
        file.IsContiguous
            ? $"The {file.Blocks} blocks that were uploaded for the file {file.Hash} are not those that its hash says."
            : $"Of the file {file.Hash} {file.Blocks} blocks were uploaded, and some before block {file.LastPlace} are missing.")
    {
        Details = new Dictionary<string, object> { ["id"] = file.Hash.ToString() },
    };

    /// <summary>A complete file has another block, or none, at this place.</summary>
    public static StoreException Settled(FilePlace place) => new(
        Fault.Conflict, $"The file {place.File} is complete, and block {place.Place} of it is another one.")
    {
        Details = new Dictionary<string, object> { ["id"] = place.File.ToString(), ["reason"] = "complete" },
    };

    /// <summary>The place is beyond what a file may have.</summary>
    public static StoreException NoPlace(long place) => new(
        Fault.Invalid, $"/idx: {place} is no place in a file, which has at most {FileUploads.MaxBlocks} blocks.")
    {
        Details = new Dictionary<string, object> { ["pointer"] = "/idx", ["reason"] = $"from 0 to {FileUploads.MaxBlocks - 1}" },
    };

    /// <summary>A file is too long.</summary>
    public static StoreException TooLarge(long maximum) => new(
        Fault.TooLarge, $"A file that is uploaded in one request may have {maximum} bytes (maxUploadBytes). Upload it in blocks.")
    {
        Details = new Dictionary<string, object> { ["limit"] = "maxUploadBytes", ["maximum"] = maximum },
    };
}
