using System.Text.Json;
using System.Text.Json.Nodes;
using RpcStore.Client;
using RpcStore.ContractTest.Document;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands.ContractTesting;

/// <summary>Where the document of a contract test comes from.</summary>
internal static class ContractSource
{
    /// <summary>Reads it: from a file, or from the server.</summary>
    /// <exception cref="UsageException">The file holds no document.</exception>
    /// <exception cref="InvalidDataException">What the server gives is none.</exception>
    public static async Task<ContractDocument> ReadAsync(CommandContext context, ContractTestSettings settings) =>
        settings.Contract is { } path
            ? await ReadFileAsync(path, context.Cancellation)
            : await DiscoverAsync(context, settings.Timeout);

    /// <summary>Calls a method without parameters.</summary>
    /// <exception cref="RpcConnectionLostException">There was no answer in time.</exception>
    public static async Task<JsonElement> AskAsync(RpcStoreClient client, CommandContext context, string method, TimeSpan timeout)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.Cancellation);
        patience.CancelAfter(timeout);
        try
        {
            using var none = JsonDocument.Parse("{}");
            return await client.CallAsync(method, none.RootElement, patience.Token);
        }
        catch (OperationCanceledException e) when (!context.Cancellation.IsCancellationRequested)
        {
            throw new RpcConnectionLostException($"the server does not answer {method} within {timeout.TotalSeconds:0} seconds", e);
        }
    }

    private static async Task<ContractDocument> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return ContractDocument.Read(await JsonNode.ParseAsync(file, cancellationToken: cancellationToken));
        }
        catch (Exception e) when (e is JsonException or ContractDocumentException)
        {
            throw new UsageException($"{path} cannot be tested with: {e.Message}");
        }
    }

    private static async Task<ContractDocument> DiscoverAsync(CommandContext context, TimeSpan timeout)
    {
        var document = await AskAsync(context.Client, context, "rpc.discover", timeout);
        try
        {
            return ContractDocument.Read(JsonObject.Create(document));
        }
        catch (Exception e) when (e is InvalidOperationException or ContractDocumentException)
        {
            throw new InvalidDataException($"the document that the server gives cannot be tested with: {e.Message}. Give another with --contract", e);
        }
    }
}
