namespace RpcStore.EndToEnd.Support;

/// <summary>Fixtures that lie beside the checkout, where there are any: <c>../shared/fixtures</c>.</summary>
internal static class SharedFixtures
{
    /// <summary>The path of a fixture; the test is skipped where it is absent.</summary>
    public static string Require(params string[] parts)
    {
        var path = Path.Combine([Path.GetDirectoryName(Repository.Root) ?? "/", "shared", "fixtures", .. parts]);
        Assert.SkipUnless(File.Exists(path), $"The fixture {string.Join('/', parts)} is not here.");
        return path;
    }
}
