using System.Runtime.CompilerServices;

namespace RpcStore.EndToEnd.Support;

/// <summary>What all processes that the tests start are told.</summary>
internal static class Children
{
    /// <summary>
    /// No pipes for debuggers: the runtime leaves them in the folder of temporary files when its process is killed, as the servers
    /// of these tests are.
    /// </summary>
    [ModuleInitializer]
    internal static void LeaveNothing() => Environment.SetEnvironmentVariable("DOTNET_EnableDiagnostics", "0");
}
