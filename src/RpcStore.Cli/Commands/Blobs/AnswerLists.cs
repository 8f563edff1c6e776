using RpcStore.Digests;

namespace RpcStore.Cli.Commands.Blobs;

/// <summary>Answers that sort ids into lists, each in the order asked.</summary>
internal static class AnswerLists
{
    /// <summary>Brings the ids of an answer back into the one order in which they were asked.</summary>
    /// <param name="asked">The ids asked for.</param>
    /// <param name="lists">The lists of the answer; each id is in one of them.</param>
    /// <returns>Each id with the number of its list, from 0.</returns>
    /// <exception cref="InvalidDataException">The lists do not hold the ids asked for.</exception>
    public static IEnumerable<(BlobId Id, int List)> InOrderAsked(BlobId[] asked, params ReadOnlyMemory<BlobId>[] lists)
    {
        var next = new int[lists.Length];
        foreach (var id in asked)
        {
            var list = 0;
            while (list < lists.Length && (next[list] == lists[list].Length || lists[list].Span[next[list]] != id))
            {
                list++;
            }

            if (list == lists.Length)
            {
                throw new InvalidDataException($"The server's answer does not say what is with {id}.");
            }

            next[list]++;
            yield return (id, list);
        }
    }
}
