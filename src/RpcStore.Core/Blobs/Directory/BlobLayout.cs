using System.Globalization;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>
/// Which file holds which blob (spec/storage-layout.md). A path is made from a parsed id and nothing else. Safe to use from
/// any thread.
/// </summary>
/// <param name="root">The folder of the blobs.</param>
internal sealed class BlobLayout(string root)
{
    /// <summary>Digits of a file's name; the four before them are its folders.</summary>
    private const int NameDigits = 60;

    /// <summary>The folder of the blobs.</summary>
    public string Root { get; } = root;

    /// <summary>What is being written.</summary>
    public string Incoming { get; } = Path.Combine(root, "incoming");

    /// <summary>Blobs that were found corrupt.</summary>
    public string Quarantine { get; } = Path.Combine(root, "quarantine");

    /// <summary>The index.</summary>
    public string Index { get; } = Path.Combine(root, "index");

    /// <summary>The digests and their folders, in the order of the ids.</summary>
    public static IReadOnlyList<(DigestFunction Function, string Folder)> Functions { get; } =
        [(DigestFunction.Sha256, "sha256"), (DigestFunction.Blake2b, "blake2b")];

    /// <summary>The folder of a digest.</summary>
    public string FolderOf(DigestFunction function) =>
        Path.Combine(Root, function == DigestFunction.Sha256 ? "sha256" : "blake2b");

    /// <summary>What the directory itself tells of a blob; null when it has no ordinary file of this name.</summary>
    /// <exception cref="StoreException">It cannot be read.</exception>
    public BlobInfo? Stat(BlobId id) =>
        FileStatus.Of(FileOf(id)) is { IsOrdinaryFile: true } status ? new BlobInfo(id, status.Size, status.ModifiedAt) : null;

    /// <summary>The file of a blob.</summary>
    public string FileOf(BlobId id)
    {
        Span<char> text = stackalloc char[BlobId.MaxTextLength];
        id.TryFormat(text, out var length);
        var digits = text[(length - 64)..length];
        var function = id.Function == DigestFunction.Sha256 ? "sha256" : "blake2b";
        return string.Create(CultureInfo.InvariantCulture, $"{Root}/{function}/{digits[..2]}/{digits[2..4]}/{digits[4..]}");
    }

    /// <summary>Where a corrupt blob is put aside.</summary>
    public string QuarantineFileOf(BlobId id, DateTimeOffset now) =>
        Path.Combine(Quarantine, string.Create(CultureInfo.InvariantCulture, $"{id}.{now.UtcDateTime:yyyyMMdd'T'HHmmssfff'Z'}"));

    /// <summary>The blob that a file of this name in these folders holds.</summary>
    /// <returns>False when it is no blob's.</returns>
    public static bool TryGetId(DigestFunction function, string first, string second, string name, out BlobId id)
    {
        id = default;
        if (name.Length != NameDigits)
        {
            return false;
        }

        var prefix = function == DigestFunction.Sha256 ? "" : "blake2b-";
        return BlobId.TryParse($"{prefix}{first}{second}{name}", out id);
    }
}
