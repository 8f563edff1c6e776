using System.Text.Json;
using RpcStore.Client;
using RpcStore.Contract.Connections;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>Where guest and user connect to: on a local socket one's own user is an admin, whoever else they want to be.</summary>
/// <param name="Url">The endpoint.</param>
/// <param name="Trouble">Why nobody is to connect there; null when somebody is.</param>
internal sealed record GuestEndpoint(EndpointUrl Url, string? Trouble)
{
    private const string Info = "server.info";

    /// <summary>Finds it: what was asked for, what the server names, or where the command itself connects to.</summary>
    /// <exception cref="UsageException">What was asked for is no endpoint, or one of another server.</exception>
    /// <exception cref="IOException">What was asked for cannot be reached.</exception>
    public static async Task<GuestEndpoint> FindAsync(CommandContext context, ContractTestSettings settings)
    {
        if (settings.GuestServer is null && context.Server.Scheme != EndpointScheme.Unix)
        {
            return new GuestEndpoint(context.Server, null);
        }

        var given = settings.GuestServer is { } text ? Parse(text) : null;
        JsonElement info;
        try
        {
            info = await ContractSource.AskAsync(context.Client, context, Info, settings.Timeout);
        }
        catch (Exception e) when (IsTrouble(e) && e is not CannotConnectException)
        {
            return new GuestEndpoint(given ?? context.Server, given is null ? $"{Info}, which tells the endpoints, failed: {ErrorReport.Explain(e)}" : null);
        }

        var url = given ?? FindTcp(info) ?? context.Server;
        return url == context.Server ? new GuestEndpoint(url, null)
            : given is null ? new GuestEndpoint(url, await FindTroubleAsync(context, settings, url, FindId(info)))
            : await FindIdAsync(context, settings, url) == FindId(info) ? new GuestEndpoint(url, null)
            : throw new UsageException($"{url} is another server than {context.Server}: their {Info} tell different ids");
    }

    private static EndpointUrl Parse(string text) =>
        EndpointUrl.TryParse(text, out var url, out var reason) ? url : throw new UsageException(reason);

    private static EndpointUrl? FindTcp(JsonElement info) =>
        info.ValueKind == JsonValueKind.Object && info.TryGetProperty("endpoints", out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray()
                .Select(endpoint => EndpointUrl.TryParse(endpoint.ToString(), out var url, out _) ? url : null)
                .FirstOrDefault(url => url?.Scheme == EndpointScheme.Tcp)
            : null;

    /// <summary>What the server names may be reached from elsewhere only, or be another server's here.</summary>
    private static async Task<string?> FindTroubleAsync(CommandContext context, ContractTestSettings settings, EndpointUrl url, string? id)
    {
        const string Advice = "name another endpoint with --guest-server";
        try
        {
            return await FindIdAsync(context, settings, url) == id
                ? null
                : $"{url}, which {Info} names, is another server here: {Advice}";
        }
        catch (Exception e) when (IsTrouble(e))
        {
            return $"{url}, which {Info} names, cannot be used: {ErrorReport.Explain(e)} {char.ToUpperInvariant(Advice[0])}{Advice[1..]}";
        }
    }

    private static async Task<string?> FindIdAsync(CommandContext context, ContractTestSettings settings, EndpointUrl url)
    {
        await using var guest = TestCallers.Connect(url);
        return FindId(await ContractSource.AskAsync(guest, context, Info, settings.Timeout));
    }

    private static string? FindId(JsonElement info) =>
        info.ValueKind == JsonValueKind.Object && info.TryGetProperty("serverId", out var id) ? id.ToString() : null;

    private static bool IsTrouble(Exception e) => e is RpcException or IOException or InvalidDataException or JsonException;
}
