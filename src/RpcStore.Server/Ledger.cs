using Microsoft.Extensions.Logging;
using RpcStore.Core;
using RpcStore.Core.Accounts;
using RpcStore.Core.Accounts.Logins;
using RpcStore.Core.Accounts.Sessions;
using RpcStore.Core.Catalog;
using RpcStore.Core.Flists.Registry;
using RpcStore.Core.Journal;
using RpcStore.Core.Sites;
using RpcStore.Core.Uploads;
using RpcStore.Server.Configuration;

namespace RpcStore.Server;

/// <summary>What the catalog holds, put together: who may do something, and what was done.</summary>
internal sealed class Ledger : IAsyncDisposable
{
    private readonly CatalogDatabase catalog;
    private readonly CatalogJournal journal;
    private readonly CancellationTokenSource closing = new();
    private readonly Task maintenance;

    private Ledger(
        CatalogDatabase catalog, SessionRegistry sessions, CatalogJournal journal, string serverId, ServerOptions options,
        ILogger<Ledger> log, TimeProvider time)
    {
        this.catalog = catalog;
        this.journal = journal;
        Sessions = sessions;
        Accounts = new AccountRegistry(catalog, sessions, time);
        Logins = new LoginService(serverId, catalog, sessions, options.Logins, time);
        Downloads = new DownloadCounter(catalog, time);
        maintenance = Task.WhenAll(
            Task.Run(() => sessions.RunAsync(log.SessionsNotMaintained, closing.Token)),
            Task.Run(() => Downloads.RunAsync(log.DownloadsNotWritten, closing.Token)));
    }

    /// <summary>The catalog itself, for domains with tables of their own.</summary>
    public CatalogDatabase Catalog => catalog;

    /// <summary>Accounts and their keys.</summary>
    public AccountRegistry Accounts { get; }

    /// <summary>What logins opened.</summary>
    public SessionRegistry Sessions { get; }

    /// <summary>Challenges and logins.</summary>
    public LoginService Logins { get; }

    /// <summary>How often blocks are downloaded.</summary>
    public DownloadCounter Downloads { get; }

    /// <summary>The record of every action.</summary>
    public IJournal Journal => journal;

    /// <summary>Takes over what may change while the server runs.</summary>
    public void Reload(ServerOptions options) => journal.Keep(options.Journal.MaxAge, options.Journal.MaxBytes);

    /// <summary>Opens the catalog of a data directory and all that is in it.</summary>
    /// <exception cref="StoreException">The catalog cannot be used; the message says why and what to do.</exception>
    public static async Task<Ledger> OpenAsync(
        DataDirectory data, ServerOptions options, ILogger<Ledger> log, TimeProvider time, CancellationToken cancellationToken)
    {
        var catalog = CatalogDatabase.Open(data.CatalogPath, [.. AccountTables.Migrations, .. CatalogJournal.Migrations, .. FlistTables.Migrations, .. SiteTables.Migrations, .. UploadTables.Migrations]);
        try
        {
            var sessions = await SessionRegistry.OpenAsync(catalog, options.Sessions, time, cancellationToken);
            var journal = await CatalogJournal.OpenAsync(catalog, options.Journal, time);
            return new Ledger(catalog, sessions, journal, data.ServerId, options, log, time);
        }
        catch
        {
            catalog.Dispose();
            throw;
        }
    }

    /// <summary>Writes what waits, and closes the catalog.</summary>
    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await maintenance;
        try
        {
            await journal.DisposeAsync();
        }
        finally
        {
            catalog.Dispose();
            closing.Dispose();
        }
    }
}
