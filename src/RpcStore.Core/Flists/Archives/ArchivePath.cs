using System.Text;

namespace RpcStore.Core.Flists.Archives;

/// <summary>What a name in an archive means in a tree (spec/flist.md, section 3).</summary>
internal static class ArchivePath
{
    private const int MaxBytes = 4096;

    /// <summary>Takes a name apart. Empty and <c>.</c> components go, so an absolute name begins at the root of the tree.</summary>
    /// <param name="name">As it was sent.</param>
    /// <param name="maxDepth">How many components it may have.</param>
    /// <param name="parts">The components; none for the root.</param>
    /// <returns>Why it is refused, to follow "the name"; null when it is not.</returns>
    public static string? Parse(ReadOnlySpan<byte> name, int maxDepth, out string[] parts)
    {
        parts = [];
        if (name.IsEmpty)
        {
            return "is empty";
        }

        if (name.Length > MaxBytes)
        {
            return $"has more than {MaxBytes} bytes";
        }

        var list = new List<string>();
        foreach (var range in name.Split((byte)'/'))
        {
            var part = name[range];
            if (part.IsEmpty || part is [(byte)'.'])
            {
                continue;
            }

            if (part.SequenceEqual(".."u8))
            {
                return "holds '..', which may lead out of the tree";
            }

            if (FlistName.WhyInvalid(part) is { } problem)
            {
                return problem;
            }

            if (list.Count == maxDepth)
            {
                return $"has more than {maxDepth} directories in one another (maxFlistDepth)";
            }

            list.Add(Encoding.UTF8.GetString(part));
        }

        parts = [.. list];
        return null;
    }
}
