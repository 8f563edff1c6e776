using System.Collections.Immutable;
using RpcStore.CodeGen.Sources;

namespace RpcStore.CodeGen.Conversations;

/// <summary>Reads the files of <c>spec/vectors</c>.</summary>
public static class ConversationParser
{
    /// <summary>Where the conversations stand, relative to the root of the repository.</summary>
    public const string Folder = "spec/vectors";

    /// <summary>Reads all conversations of a repository, in the order of their paths.</summary>
    /// <exception cref="ContractException">One is malformed.</exception>
    public static IReadOnlyList<Conversation> LoadAll(string repository)
    {
        var folder = Path.Combine(repository, Folder);
        return !Directory.Exists(folder)
            ? []
            :
            [
                .. Directory.EnumerateFiles(folder, "*.io", SearchOption.AllDirectories)
                    .Select(path => Path.GetRelativePath(repository, path).Replace('\\', '/'))
                    .Order(StringComparer.Ordinal)
                    .Select(path => Parse(path, File.ReadAllText(Path.Combine(repository, path)))),
            ];
    }

    /// <summary>Reads a conversation.</summary>
    /// <param name="path">Its path, <c>spec/vectors/SUBJECT/CASE.io</c>.</param>
    /// <param name="text">Its text.</param>
    /// <exception cref="ContractException">It is malformed.</exception>
    public static Conversation Parse(string path, string text)
    {
        var exchanges = ImmutableArray.CreateBuilder<Exchange>();
        var shows = "";
        var requests = new List<ConversationLine>();
        var answers = new List<ConversationLine>();
        void End()
        {
            if (requests.Count > 0)
            {
                exchanges.Add(new Exchange(shows, [.. requests], [.. answers]));
                (shows, requests, answers) = ("", [], []);
            }
        }

        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var (line, place) = (lines[i], new Place(path, $"L{i + 1}"));
            switch (line)
            {
                case "":
                    break;
                case ['/', '/', .. var comment]:
                    if (requests.Count > 0)
                    {
                        End();
                    }

                    shows = $"{shows} {comment.Trim()}".Trim();
                    break;
                case ['>', '>', ' ', .. var request]:
                    if (answers.Count > 0)
                    {
                        End();
                    }

                    requests.Add(new ConversationLine(request, place));
                    break;
                case ['<', '<', ' ', .. var answer] when requests.Count > 0:
                    answers.Add(new ConversationLine(answer, place));
                    break;
                default:
                    throw new ContractException(place, "a line starts with \"// \", \">> \" or \"<< \", and an answer follows a request");
            }
        }

        End();
        if (exchanges.Count == 0 || exchanges[0].Shows.Length == 0)
        {
            throw new ContractException(new Place(path, "L1"), "a conversation starts with a \"//\" line that says what it shows, and has a request");
        }

        return new Conversation(path, Path.GetFileName(Path.GetDirectoryName(path)!), exchanges.ToImmutable());
    }
}
