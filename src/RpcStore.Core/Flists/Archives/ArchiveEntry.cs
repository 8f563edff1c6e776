namespace RpcStore.Core.Flists.Archives;

/// <summary>An entry of an archive that passed every check that needs nothing but the entry.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="Path">Components of its name; none for the root.</param>
/// <param name="Attributes">What it becomes; null for a hard link, which becomes what it links to.</param>
/// <param name="LinkTarget">Of a symbolic link.</param>
/// <param name="HardLink">Of a hard link: components of the other name.</param>
internal sealed record ArchiveEntry(
    long Number, string[] Path, FlistAttributes? Attributes, byte[] LinkTarget, string[] HardLink)
{
    /// <summary>Its name for a person.</summary>
    public string Name => Path.Length == 0 ? "./" : string.Join('/', Path);

    /// <summary>The error for an entry that cannot be taken.</summary>
    public StoreException Refused(string reason) => Refused(Number, Name, reason);

    /// <summary>The error for an entry that cannot be taken.</summary>
    public static StoreException Refused(long number, string name, string reason) =>
        new(Fault.Invalid, $"The archive cannot become a flist: entry {number} ({name}): {reason}.")
        {
            Details = new Dictionary<string, object> { ["pointer"] = "", ["reason"] = reason },
        };
}
