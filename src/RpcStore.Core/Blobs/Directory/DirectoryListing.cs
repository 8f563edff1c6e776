using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Directory;

/// <summary>Walks the folders of blobs in the order of the ids, one innermost folder at a time.</summary>
internal sealed class DirectoryListing(BlobLayout layout)
{
    /// <summary>The ids that files are named after, folder by folder; what the files are is not looked at.</summary>
    /// <param name="after">Only ids behind this one; null from the start.</param>
    /// <param name="prefix">Only ids whose text starts with this.</param>
    public IEnumerable<BlobId[]> Enumerate(BlobId? after, string prefix)
    {
        foreach (var (function, folder) in BlobLayout.Functions)
        {
            if (after is { } last && last.Function > function)
            {
                continue;
            }

            var digits = DigitsOf(function, prefix);
            if (digits is null)
            {
                continue;
            }

            // Folders before that of the last id are passed over without a look.
            var from = after is { } behind && behind.Function == function ? Digits(behind) : "";
            foreach (var first in Folders(Path.Combine(layout.Root, folder), digits, from))
            {
                var rest = digits.Length > 2 ? digits[2..] : "";
                var fromRest = from.StartsWith(first, StringComparison.Ordinal) ? from[2..] : "";
                foreach (var second in Folders(Path.Combine(layout.Root, folder, first), rest, fromRest))
                {
                    var ids = Files(function, first, second).Where(id => (after is null || id > after) && Matches(id, prefix)).Order().ToArray();
                    if (ids.Length > 0)
                    {
                        yield return ids;
                    }
                }
            }
        }
    }

    /// <summary>What a prefix asks of the digits of this digest's ids; null when it asks for ids of another one.</summary>
    private static string? DigitsOf(DigestFunction function, string prefix)
    {
        const string Blake2b = "blake2b-";
        if (function == DigestFunction.Sha256)
        {
            return prefix.All(char.IsAsciiHexDigitLower) ? prefix : null;
        }

        return prefix.StartsWith(Blake2b, StringComparison.Ordinal) ? prefix[Blake2b.Length..]
            : Blake2b.StartsWith(prefix, StringComparison.Ordinal) ? ""
            : null;
    }

    private static bool Matches(BlobId id, string prefix) =>
        prefix.Length == 0 || id.ToString().StartsWith(prefix, StringComparison.Ordinal);

    private static string Digits(BlobId id)
    {
        var text = id.ToString();
        return text[^64..];
    }

    private static IEnumerable<string> Folders(string path, string digits, string from)
    {
        var prefix = digits.Length > 2 ? digits[..2] : digits;
        var start = from.Length > 2 ? from[..2] : from;
        return Names(path, wantFolders: true).Where(name =>
            name.Length == 2 && name.All(char.IsAsciiHexDigitLower)
            && name.StartsWith(prefix, StringComparison.Ordinal)
            && string.CompareOrdinal(name, start) >= 0)
            .Order(StringComparer.Ordinal);
    }

    private IEnumerable<BlobId> Files(DigestFunction function, string first, string second)
    {
        foreach (var name in Names(Path.Combine(layout.FolderOf(function), first, second), wantFolders: false))
        {
            if (BlobLayout.TryGetId(function, first, second, name, out var id))
            {
                yield return id;
            }
        }
    }

    private static string[] Names(string path, bool wantFolders)
    {
        try
        {
            var entries = wantFolders ? System.IO.Directory.EnumerateDirectories(path) : System.IO.Directory.EnumerateFiles(path);
            return [.. entries.Select(entry => Path.GetFileName(entry))];
        }
        catch (DirectoryNotFoundException) when (FileStatus.Of(path) is null)
        {
            // Made and removed by others meanwhile, or never there.
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw ErrorNumber.ToException(e, path);
        }
    }
}
