using System.IO.Enumeration;
using RpcStore.Core.Disk;
using RpcStore.Digests;

namespace RpcStore.Core.Blobs.Files;

/// <summary>
/// Reads the blobs of one digest function from its folders, in the order of their ids. Holds the names of one bucket at a
/// time. The calls block.
/// </summary>
internal static class BlobListing
{
    // Nothing is skipped for being hidden or special: what is no blob is told by its name, and by its type when it is looked at.
    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = 0,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>Lists blobs in the order of their ids.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="after">Only ids behind this one; null from the start.</param>
    /// <param name="prefix">Only ids whose text starts with this.</param>
    public static IEnumerable<BlobInfo> Enumerate(FunctionFolder files, BlobId? after, string prefix)
    {
        var textPrefix = files.Function == DigestFunction.Blake2b ? "blake2b-" : "";
        if (after?.Function > files.Function
            || (!prefix.StartsWith(textPrefix, StringComparison.Ordinal) && !textPrefix.StartsWith(prefix, StringComparison.Ordinal)))
        {
            yield break;
        }

        var digits = prefix.Length > textPrefix.Length ? prefix[textPrefix.Length..] : "";
        var first = after?.Function == files.Function ? BlobPath.BucketOf(after.Value) : 0;
        foreach (var bucket in EnumerateBuckets(files, first, digits))
        {
            foreach (var id in ReadBucket(files, bucket))
            {
                if ((after is not { } last || id > last) && id.HasPrefix(prefix) && files.TryStat(id, out var info))
                {
                    yield return info;
                }
            }
        }
    }

    /// <summary>The ids that the names in one bucket say, in their order; whether they are files is for the caller to see.</summary>
    public static BlobId[] ReadBucket(FunctionFolder files, int bucket)
    {
        var ids = ReadFolder(files, Path.Combine($"{bucket >> 8:x2}", $"{bucket & 0xff:x2}"), (ref FileSystemEntry entry) =>
            BlobPath.TryParse(files.Function, bucket, entry.FileName, out var id) ? id : default);
        return [.. ids.Where(static id => id.IsValid).Order()];
    }

    private static IEnumerable<int> EnumerateBuckets(FunctionFolder files, int first, string digits)
    {
        foreach (var parent in ReadNumbers(files, ""))
        {
            if (parent < first >> 8 || !Matches($"{parent:x2}", digits))
            {
                continue;
            }

            foreach (var child in ReadNumbers(files, $"{parent:x2}"))
            {
                var bucket = (parent << 8) | child;
                if (bucket >= first && Matches($"{bucket:x4}", digits))
                {
                    yield return bucket;
                }
            }
        }
    }

    private static bool Matches(string start, string digits) =>
        digits.StartsWith(start, StringComparison.Ordinal) || start.StartsWith(digits, StringComparison.Ordinal);

    /// <summary>The names of two lower-case hex digits, as numbers in their order.</summary>
    private static int[] ReadNumbers(FunctionFolder files, string path)
    {
        var numbers = ReadFolder(files, path, static (ref FileSystemEntry entry) =>
            entry.IsDirectory && entry.FileName.Length == 2 && !entry.FileName.ContainsAnyExcept("0123456789abcdef")
                ? Convert.FromHexString(entry.FileName)[0]
                : -1);
        return [.. numbers.Where(static number => number >= 0).Order()];
    }

    private static T[] ReadFolder<T>(FunctionFolder files, string path, FileSystemEnumerable<T>.FindTransform transform)
    {
        try
        {
            return [.. new FileSystemEnumerable<T>(Path.Combine(files.Path, path), transform, Everything)];
        }
        catch (DirectoryNotFoundException)
        {
            files.RequireInPlace();
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw DiskFault.From(e, "listing the blobs");
        }
    }
}
