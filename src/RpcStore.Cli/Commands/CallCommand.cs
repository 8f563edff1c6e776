using System.CommandLine;
using System.Text.Json;
using RpcStore.Cli.Output;
using RpcStore.JsonRpc;

namespace RpcStore.Cli.Commands;

/// <summary><c>rpcstore call</c>: any method of the contract.</summary>
internal static class CallCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var method = new Argument<string>("METHOD") { Description = "Its name in the contract, such as blobs.has." };
        var json = new Argument<string?>("JSON")
        {
            Description = "Its parameters, an object or an array; '-' reads them from standard input. Default: none.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command(
            "call",
            "Call any method of the contract and print its result. Progress, if the parameters have a token, goes to standard error.")
        {
            method, json,
        };
        return command.Runs(context => RunAsync(context, context.Get(method)!, context.Get(json)));
    }

    private static async Task<ExitCode> RunAsync(CommandContext context, string method, string? json)
    {
        using var parameters = await ReadParametersAsync(json, context.Cancellation);
        try
        {
            var result = FindToken(parameters.RootElement) is { } token
                ? await context.Client.CallAsync(method, parameters.RootElement, token, new ProgressPrinter(), context.Cancellation)
                : await context.Client.CallAsync(method, parameters.RootElement, context.Cancellation);
            JsonText.Write(context.Output.Results, result, context.Output.Format == OutputFormat.Human);
            return ExitCode.Done;
        }
        catch (RpcException e)
        {
            // Here an error is an error: what a method means by "not found" is for the caller to know.
            ErrorReport.Tell(e, wasInterrupted: false);
            return ExitCode.ServerError;
        }
    }

    private static async Task<JsonDocument> ReadParametersAsync(string? json, CancellationToken cancellationToken)
    {
        try
        {
            var parameters = json switch
            {
                null => JsonDocument.Parse("{}"),
                "-" => await JsonDocument.ParseAsync(Console.OpenStandardInput(), default, cancellationToken),
                _ => JsonDocument.Parse(json),
            };
            return parameters.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? parameters
                : throw new UsageException("the parameters must be a JSON object or array");
        }
        catch (JsonException e)
        {
            throw new UsageException($"the parameters are not JSON: {e.Message}");
        }
    }

    private static ProgressToken? FindToken(JsonElement parameters)
    {
        if (parameters.ValueKind != JsonValueKind.Object || !parameters.TryGetProperty("progress", out var token))
        {
            return null;
        }

        return token.ValueKind == JsonValueKind.String ? new ProgressToken(token.GetString()!)
            : token.ValueKind == JsonValueKind.Number && token.TryGetInt64(out var number) ? new ProgressToken(number)
            : null;
    }

    private sealed class ProgressPrinter : IProgress<JsonElement>
    {
        public void Report(JsonElement value) => JsonText.Write(Console.Error, value, isIndented: false);
    }
}
