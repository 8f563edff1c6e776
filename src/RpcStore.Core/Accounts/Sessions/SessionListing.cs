using System.Globalization;

namespace RpcStore.Core.Accounts.Sessions;

/// <summary>Sessions in pages, the newest first.</summary>
internal static class SessionListing
{
    private static readonly Comparer<(long Ticks, string Id)> ByPlace = Comparer<(long Ticks, string Id)>.Create(static (left, right) =>
        left.Ticks.CompareTo(right.Ticks) is not 0 and var byTime ? byTime : string.CompareOrdinal(left.Id, right.Id));

    /// <summary>One page.</summary>
    /// <param name="sessions">What may be in it, in any order.</param>
    /// <param name="limit">At most so many; at least 1.</param>
    /// <param name="cursor">Where the page before ended; null: from the newest.</param>
    /// <returns>The sessions, and the cursor of the next page; null when there is none.</returns>
    /// <exception cref="StoreException"><see cref="Fault.Invalid"/>: the cursor is none that a listing gave.</exception>
    public static (IReadOnlyList<Session> Sessions, string? Next) Page(IEnumerable<Session> sessions, int limit, string? cursor)
    {
        var before = ParseCursor(cursor);
        var page = sessions
            .Where(session => before is null || ByPlace.Compare(PlaceOf(session), before.Value) < 0)
            .OrderByDescending(PlaceOf, ByPlace)
            .Take(limit + 1)
            .ToList();
        if (page.Count <= limit)
        {
            return (page, null);
        }

        var (ticks, id) = PlaceOf(page[limit - 1]);
        return (page[..limit], string.Create(CultureInfo.InvariantCulture, $"{ticks}.{id}"));
    }

    private static (long Ticks, string Id) PlaceOf(Session session) => (session.CreatedAt.UtcTicks, session.Id);

    private static (long Ticks, string Id)? ParseCursor(string? cursor) =>
        cursor is null ? null
        : cursor.Split('.') is [var ticks, { Length: 32 } id] && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (number, id)
            : throw AccountFaults.Invalid("/cursor", "not a cursor that a listing gave");
}
