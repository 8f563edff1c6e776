using System.Globalization;
using RpcStore.Core.Catalog;
using RpcStore.Core.Journal;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Journal;

/// <summary>A process that dies at any moment: every action that was told to be recorded is in the journal.</summary>
public sealed class JournalCrashTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kills_lose_no_action_that_was_appended()
    {
        for (var kill = 0; kill < 2; kill++)
        {
            var acknowledged = await DyingProcess.RunAsync(typeof(JournalCrashTests), nameof(Child), folder.Path, 300);
            using var catalog = CatalogDatabase.Open(folder.Combine("catalog.db"), CatalogJournal.Migrations);
            await using var journal = await CatalogJournal.OpenAsync(catalog, new JournalOptions(), TimeProvider.System);
            var stored = await journal.ReadAsync(new JournalQuery(JournalFilter.All, JournalOrder.OldestFirst, null, int.MaxValue));
            Assert.True(acknowledged.Count >= 300);
            Assert.Empty(acknowledged.Except(stored.Select(entry => entry.Subject!)));
            Assert.Empty(await catalog.CheckAsync());
        }
    }

    [Fact(Explicit = true)]
    public Task Child() => DyingProcess.LiveAsync(async (path, acknowledge) =>
    {
        using var catalog = CatalogDatabase.Open(Path.Combine(path, "catalog.db"), CatalogJournal.Migrations);
        await using var journal = await CatalogJournal.OpenAsync(catalog, new JournalOptions(), TimeProvider.System);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var subject = string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId} {writer} {number}");
                await journal.RecordAsync(TestJournal.Entry("blobs.get"));
                await journal.AppendAsync(TestJournal.Entry() with { Subject = subject });
                acknowledge(subject);
            }
        })));
    });
}
