using System.Globalization;
using RpcStore.Core.Catalog;
using RpcStore.Tests.Support;
using Xunit;

namespace RpcStore.Tests.Catalog;

/// <summary>A process that dies at any moment: what it was told is stored is there, and changes are whole.</summary>
public sealed class CatalogCrashTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Kills_lose_nothing_acknowledged()
    {
        var random = new Random(20261121);
        for (var kill = 0; kill < 3; kill++)
        {
            var acknowledged = await DyingProcess.RunAsync(typeof(CatalogCrashTests), nameof(Child), folder.Path, random.Next(1, 400));
            using var catalog = CatalogDatabase.Open(folder.Combine("catalog.db"), [TestCatalog.Items]);
            Assert.Empty(await catalog.CheckAsync());
            var names = await catalog.ReadAsync(session =>
                session.Prepare("select name from item").ToList(row => row.GetString(0)));
            Assert.NotEmpty(acknowledged);
            Assert.Empty(acknowledged.Except(names));

            // Each change adds two.
            Assert.Equal(0, names.Count % 2);
        }
    }

    [Fact(Explicit = true)]
    public Task Child() => DyingProcess.LiveAsync(async (path, acknowledge) =>
    {
        using var catalog = CatalogDatabase.Open(Path.Combine(path, "catalog.db"), [TestCatalog.Items]);
        var run = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var number = 0; ; number++)
            {
                var name = string.Create(CultureInfo.InvariantCulture, $"{run} {writer} {number}");
                await catalog.WriteAsync(session =>
                {
                    TestCatalog.Add(session, name);
                    TestCatalog.Add(session, name + " too");
                });
                acknowledge(name);
            }
        })));
    });
}
