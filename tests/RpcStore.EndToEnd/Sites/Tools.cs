using RpcStore.EndToEnd.Support;

namespace RpcStore.EndToEnd.Sites;

/// <summary>Programs of other people that tests can do without.</summary>
internal static class Tools
{
    /// <summary>Skips the test, by the program's name, where it is not installed.</summary>
    public static async Task NeedAsync(string program) => Assert.SkipUnless(
        (await Command.ShellAsync($"command -v {program} || true")).Output.Length > 0, $"{program} is not installed.");
}
