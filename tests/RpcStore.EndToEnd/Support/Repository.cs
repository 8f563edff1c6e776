namespace RpcStore.EndToEnd.Support;

/// <summary>Where the checkout is that these tests belong to.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>RpcStore.sln</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>The built command. <c>tools/rpcstore</c> builds it.</summary>
    public static string Command { get; } = Path.Combine(Root, "artifacts", "rpcstore", "rpcstore");

    /// <summary>Other people's clients, and what npm installed for them.</summary>
    public static string Peers { get; } = Path.Combine(Root, "tests", "RpcStore.EndToEnd", "peers");

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RpcStore.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("These tests run from inside a checkout.");
    }
}
