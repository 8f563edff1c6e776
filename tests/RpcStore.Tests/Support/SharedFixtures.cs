using Xunit;

namespace RpcStore.Tests.Support;

/// <summary>Fixtures that lie beside the checkout, where there are any: <c>../shared/fixtures</c>.</summary>
public static class SharedFixtures
{
    /// <summary>The path of a fixture; the test is skipped where it is absent.</summary>
    public static string Require(params string[] parts)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RpcStore.sln")))
        {
            folder = folder.Parent;
        }

        var path = Path.Combine([folder?.Parent?.FullName ?? "/", "shared", "fixtures", .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The fixture {string.Join('/', parts)} is not here.");
        return path;
    }
}
