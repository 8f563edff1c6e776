namespace RpcStore.Core.Catalog;

/// <summary>
/// The tables that the domains need, as migrations, and the versions that a file has of them: the table
/// <c>catalog_version</c>, a row for each domain.
/// </summary>
internal sealed class CatalogSchema
{
    private const string VersionTable =
        """
        create table if not exists catalog_version (
            domain text not null primary key,
            version bigint not null
        )
        """;

    private readonly Dictionary<string, CatalogMigration[]> domains;

    /// <param name="migrations">Of all domains; those of one domain count from 1 without a gap.</param>
    /// <exception cref="ArgumentException">They do not.</exception>
    public CatalogSchema(IReadOnlyList<CatalogMigration> migrations)
    {
        domains = migrations
            .GroupBy(migration => migration.Domain)
            .ToDictionary(domain => domain.Key, domain => domain.OrderBy(migration => migration.Number).ToArray());
        foreach (var (domain, steps) in domains)
        {
            if (!steps.Select(step => step.Number).SequenceEqual(Enumerable.Range(1, steps.Length)))
            {
                throw new ArgumentException($"The migrations of {domain} are not numbered 1, 2, 3 …", nameof(migrations));
            }
        }
    }

    /// <summary>Brings the tables of a file to the versions that this server has, all of them or none.</summary>
    /// <exception cref="StoreException"><see cref="Fault.Conflict"/>: the file is of a newer server.</exception>
    public void Upgrade(CatalogSession session, string file)
    {
        session.Prepare("begin immediate").Execute();
        try
        {
            session.Prepare(VersionTable).Execute();
            var versions = session.Prepare("select domain, version from catalog_version")
                .ToList(row => (Domain: row.GetString(0), Version: row.GetInt64(1)))
                .ToDictionary(row => row.Domain, row => row.Version);
            RefuseNewer(versions, file);
            foreach (var (domain, steps) in domains)
            {
                Upgrade(session, steps, versions.GetValueOrDefault(domain));
            }

            session.Prepare("commit").Execute();
        }
        catch when (session.IsInTransaction)
        {
            session.Prepare("rollback").Execute();
            throw;
        }
    }

    private static void Upgrade(CatalogSession session, CatalogMigration[] steps, long version)
    {
        foreach (var step in steps.Where(step => step.Number > version))
        {
            session.Prepare(step.Sql).Execute();
            session.Prepare(
                """
                insert into catalog_version (domain, version) values (@domain, @version)
                on conflict (domain) do update set version = excluded.version
                """)
                .Bind("@domain", step.Domain).Bind("@version", step.Number).Execute();
        }
    }

    private void RefuseNewer(Dictionary<string, long> versions, string file)
    {
        foreach (var (domain, version) in versions)
        {
            var known = domains.TryGetValue(domain, out var steps) ? steps.Length : 0;
            if (version > known)
            {
                throw new StoreException(
                    Fault.Conflict,
                    $"{file} has version {version} of the tables for {domain}, and this server knows versions up to {known}. "
                        + "It was written by a newer server: use that one, or restore a backup of the older one.");
            }
        }
    }
}
