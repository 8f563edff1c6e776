using System.Diagnostics;
using System.Globalization;

namespace RpcStore.EndToEnd.Clients;

/// <summary>
/// What every client has to do over every endpoint: one list, played by a program in each language against a real server, and the
/// table of what passed.
/// </summary>
internal static class Scenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    // The last one kills the server.
    private static readonly string[] Names =
        ["handshake", "login", "forbidden", "errors", "has", "batch", "flists", "cancel", "slow-reader", "restart"];

    /// <summary>How a client reaches a server.</summary>
    public static TheoryData<string> Transports => ["unix", "tcp", "tls", "ws", "http"];

    /// <summary>Plays all scenarios, and prints a row of the table.</summary>
    /// <param name="client">The client, for the table.</param>
    /// <param name="transport">How it reaches the server.</param>
    /// <param name="playAsync">Plays one; returns why it failed, or nothing.</param>
    public static async Task PlayAllAsync(string client, string transport, Func<Scenario, Task<string>> playAsync)
    {
        await using var server = await ScenarioServer.StartAsync();
        var row = $"{client} over {transport}:";
        var failures = new List<string>();
        foreach (var name in Names)
        {
            var began = Stopwatch.GetTimestamp();
            var failure = await playAsync(new Scenario(name, server.UrlOf(transport), server.UserKey, server.AdminKey, server.RestartAsync));
            row += string.Create(CultureInfo.InvariantCulture, $" {name} {(failure.Length == 0 ? "passed" : "FAILED")} ({Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s)");
            if (failure.Length > 0)
            {
                failures.Add($"{name}: {failure}");
            }
        }

        Console.WriteLine(row);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
    }

    /// <summary>Plays a scenario with a program.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="command">The program and the arguments before those of the scenario.</param>
    /// <param name="folder">Where it runs.</param>
    /// <param name="environment">What it finds in its environment beside the usual.</param>
    /// <returns>What it wrote when it failed; nothing when it passed.</returns>
    public static async Task<string> PlayAsync(
        Scenario scenario, string[] command, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(
            command[0],
            [.. command[1..], "--url", scenario.Url, "--scenario", scenario.Name, "--key", scenario.UserKey, "--admin-key", scenario.AdminKey])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            while (await process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
            {
                if (line == "ready")
                {
                    await scenario.RestartAsync();
                    await process.StandardInput.WriteLineAsync();
                }
            }

            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? "" : $"exit code {process.ExitCode}: {await error}";
        }
        catch (OperationCanceledException)
        {
            return $"it did not end within {Patience}";
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }
}

/// <summary>One scenario for one client.</summary>
/// <param name="Name">Which.</param>
/// <param name="Url">Where the server is.</param>
/// <param name="UserKey">The private key of a user.</param>
/// <param name="AdminKey">The private key of an admin.</param>
/// <param name="RestartAsync">Kills the server and starts it again.</param>
internal sealed record Scenario(string Name, string Url, string UserKey, string AdminKey, Func<Task> RestartAsync);
