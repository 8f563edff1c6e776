using System.Text;
using RpcStore.Core.Flists;

namespace RpcStore.Core.Sites;

/// <summary>
/// Finds what is at a path of a flist, through symbolic links: they lead where they would if the flist were all there is, so never
/// out of it.
/// </summary>
public static class TreeWalk
{
    /// <summary>Symbolic links in one path at the most, as on Linux (path_resolution(7)).</summary>
    public const int MaxLinks = 40;

    /// <summary>Steps in one path at the most, those of links included.</summary>
    private const int MaxSteps = 1024;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Follows a path from the root.</summary>
    /// <param name="reader">The flist.</param>
    /// <param name="path">Names with one slash between them; one before and one behind change nothing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is there, which is no link; null when nothing is, or the links lead nowhere or in circles.</returns>
    public static FlistNode? Find(FlistReader reader, ReadOnlySpan<char> path, CancellationToken cancellationToken)
    {
        var walk = new Walk(reader, cancellationToken);
        return Push(walk.Pending, path.Trim('/'), isTarget: false) ? walk.Run() : null;
    }

    /// <summary>Follows a link that a directory holds; anything else is returned as it is.</summary>
    /// <param name="reader">The flist.</param>
    /// <param name="directory">The directory.</param>
    /// <param name="child">What it holds.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>As <see cref="Find"/>.</returns>
    public static FlistNode? Follow(FlistReader reader, FlistNode directory, FlistNode child, CancellationToken cancellationToken)
    {
        if (child.Kind != FlistKind.SymbolicLink)
        {
            return child;
        }

        var path = reader.GetPath(directory, cancellationToken);
        return Find(reader, $"{path}/{child.Name}", cancellationToken);
    }

    /// <summary>Puts the steps of a path before those that wait.</summary>
    /// <returns>Whether the path can lead anywhere.</returns>
    private static bool Push(Stack<string> pending, ReadOnlySpan<char> path, bool isTarget)
    {
        var steps = new List<string>();
        foreach (var part in path.Split('/'))
        {
            var name = path[part];
            if (name.IsEmpty || name is ".")
            {
                // In a target they are what they are on Linux; in a URL two names for one thing would be too many.
                if (isTarget || path.IsEmpty)
                {
                    continue;
                }

                return false;
            }

            if ((name is ".." && !isTarget) || name.Contains('\0') || name.Length > 255 || steps.Count == MaxSteps)
            {
                return false;
            }

            steps.Add(name.ToString());
        }

        for (var i = steps.Count - 1; i >= 0; i--)
        {
            pending.Push(steps[i]);
        }

        return pending.Count <= MaxSteps;
    }

    private sealed class Walk(FlistReader reader, CancellationToken cancellationToken)
    {
        private readonly Stack<FlistNode> above = [];
        private FlistNode at = reader.Root;
        private int links;
        private int taken;

        public Stack<string> Pending { get; } = [];

        public FlistNode? Run()
        {
            while (Pending.TryPop(out var name))
            {
                if (!at.IsDirectory || ++taken > MaxSteps)
                {
                    return null;
                }

                if (name == "..")
                {
                    at = above.TryPop(out var parent) ? parent : reader.Root;
                }
                else if (reader.FindChild(at, name, cancellationToken) is not { } child)
                {
                    return null;
                }
                else if (child.Kind != FlistKind.SymbolicLink)
                {
                    above.Push(at);
                    at = child;
                }
                else if (!TryEnter(child))
                {
                    return null;
                }
            }

            return at;
        }

        private bool TryEnter(FlistNode link)
        {
            if (++links > MaxLinks)
            {
                return false;
            }

            string target;
            try
            {
                target = Strict.GetString(reader.ReadLinkTarget(link, cancellationToken));
            }
            catch (DecoderFallbackException)
            {
                // No name in a flist has such bytes.
                return false;
            }

            if (target.StartsWith('/'))
            {
                above.Clear();
                at = reader.Root;
            }

            return Push(Pending, target, isTarget: true);
        }
    }
}
