using RpcStore.Cli.Output;
using RpcStore.Contract;

namespace RpcStore.Cli.Commands.Flists;

/// <summary>Prints flists.</summary>
internal static class FlistPrinter
{
    /// <summary>The columns of a list of flists.</summary>
    public static Column<Flist>[] Columns { get; } =
    [
        new("ACCOUNT", row => row.Account) { Width = 10 },
        new("NAME", row => row.Name) { Width = 20 },
        new("FILES", row => Text.Number(row.Files)) { Human = row => Text.Count(row.Files), Width = 8, IsNumber = true },
        new("SIZE", row => Text.Number(row.Bytes)) { Human = row => Text.Size(row.Bytes), Width = 9, IsNumber = true },
        new("ACCESS", row => AccessOf(row)) { Width = 7 },
        new("STATE", row => StateOf(row)) { Width = 10 },
        new("UPDATED", row => Text.Time(row.UpdatedAt)) { Human = row => Text.ShortTime(row.UpdatedAt) },
    ];

    /// <summary>Prints all that is known of one.</summary>
    public static void Print(CommandOutput output, Flist flist) =>
        FactWriter.Write(output, flist, ContractJson.Default.Flist, FactsOf(flist));

    /// <summary>What is known of one.</summary>
    public static IEnumerable<Fact> FactsOf(Flist flist) =>
    [
        new("id", flist.Id),
        new("account", flist.Account),
        new("name", flist.Name),
        new("digest", flist.Digest),
        new("access", AccessOf(flist)),
        new("state", StateOf(flist), StateOf(flist) + Missing(flist)),
        new("files", Text.Number(flist.Files), Text.Count(flist.Files)),
        new("bytes", Text.Number(flist.Bytes), Text.Size(flist.Bytes)),
        new("inodes", Text.Number(flist.Inodes), Text.Count(flist.Inodes)),
        new("blocks", Text.Number(flist.Blocks), Text.Count(flist.Blocks)),
        new("blobs", Text.Number(flist.Blobs), $"{Text.Count(flist.Blobs)} ({Text.Size(flist.BlobBytes)})"),
        new("blobBytes", Text.Number(flist.BlobBytes), Text.Size(flist.BlobBytes)),
        new("fileBytes", Text.Number(flist.FileBytes), Text.Size(flist.FileBytes)),
        new("createdAt", Text.Time(flist.CreatedAt), Text.ShortTime(flist.CreatedAt)),
        new("updatedAt", Text.Time(flist.UpdatedAt), Text.ShortTime(flist.UpdatedAt)),
    ];

    private static string AccessOf(Flist flist) => flist.Public ? "public" : "private";

    private static string StateOf(Flist flist) => flist.Complete ? "complete" : "incomplete";

    private static string Missing(Flist flist) => flist.Complete ? ""
        : $": {Text.Plural(flist.MissingBlobs, "blob")} missing, {Text.Plural(flist.IncompleteFiles, "file")} without all blocks";
}
