using Microsoft.Data.Sqlite;

namespace RpcStore.Core.Catalog;

/// <summary>Looks for damage in a catalog, whether a server uses it or not.</summary>
public static class CatalogCheck
{
    private const int MaxFindings = 100;

    /// <summary>Reads all of it; takes seconds for a large one, and blocks.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What is wrong, at most 100 of each kind, for a person; empty when nothing is.</returns>
    /// <exception cref="StoreException">
    /// <see cref="Fault.NotFound"/>: there is no such file; <see cref="Fault.Unavailable"/>: it cannot be read, for a reason
    /// other than its content.
    /// </exception>
    public static IReadOnlyList<string> Run(string path, CancellationToken cancellationToken = default)
    {
        SqliteLibrary.Load();
        if (!File.Exists(path))
        {
            throw new StoreException(Fault.NotFound, $"There is no {Path.GetFileName(path)}.");
        }

        if (CatalogFile.IsTooShort(path))
        {
            return ["The file is empty, or almost."];
        }

        var findings = new List<string>();
        try
        {
            using var session = CatalogSession.Open(path, SqliteOpenMode.ReadOnly);
            session.Cancellation = cancellationToken;
            findings.AddRange(FindDamage(session));
            findings.AddRange(FindDanglingReferences(session));
        }
        catch (StoreException e) when (e.Details.GetValueOrDefault("reason") is "corrupt")
        {
            // Too broken to look any further.
            findings.Add(e.InnerException!.Message);
        }

        return findings;
    }

    private static IEnumerable<string> FindDamage(CatalogSession session) =>
        session.Prepare($"pragma integrity_check({MaxFindings})").ToList(row => row.GetString(0)).Where(line => line != "ok");

    private static IEnumerable<string> FindDanglingReferences(CatalogSession session) =>
        session.Prepare("pragma foreign_key_check")
            .ToList(row => $"Row {row.GetInt64OrNull(1)} of {row.GetString(0)} refers to a row of {row.GetString(2)} that is not there.")
            .Take(MaxFindings);
}
