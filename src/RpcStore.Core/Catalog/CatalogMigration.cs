namespace RpcStore.Core.Catalog;

/// <summary>
/// One step that brings a domain's tables from one version to the next. Steps are never changed once released; a later one
/// corrects them.
/// </summary>
/// <param name="Domain">Whose tables: <c>accounts</c>, <c>journal</c> … Each domain counts its own versions.</param>
/// <param name="Number">The version that the tables have afterwards: 1 makes them.</param>
/// <param name="Sql">
/// Statements, separated by semicolons, in what SQLite and PostgreSQL both take: <c>text</c>, <c>bigint</c> (also for times,
/// microseconds since 1970 in UTC, and for truth, 0 or 1) and <c>bytea</c>. <c>integer primary key</c>, a 64-bit number that
/// costs SQLite no index, is the one thing that PostgreSQL needs replaced (by <c>bigint primary key</c>).
/// </param>
public sealed record CatalogMigration(string Domain, int Number, string Sql);
