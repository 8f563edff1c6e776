using System.Text;
using System.Text.Json;

namespace RpcStore.ContractTest.Running;

/// <summary>An answer that is a JSON-RPC 2.0 response, or near enough to tell a result from an error.</summary>
/// <param name="Message">All of it.</param>
/// <param name="Result">The result; null when it is an error.</param>
/// <param name="Error">The error; null when it is a result.</param>
internal sealed record Reply(JsonElement Message, JsonElement? Result, ReplyError? Error)
{
    /// <summary>Understands an answer.</summary>
    /// <param name="text">What came.</param>
    /// <param name="id">The id of the request.</param>
    /// <exception cref="InvalidDataException">It is no response to the request.</exception>
    public static Reply Read(ReadOnlyMemory<byte> text, long id)
    {
        var message = Parse(text);
        if (message.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException("the answer is no JSON object");
        }

        var hasResult = message.TryGetProperty("result", out var result);
        var hasError = message.TryGetProperty("error", out var error);
        if (hasResult == hasError)
        {
            throw new InvalidDataException(hasError ? "the answer has both a result and an error" : "the answer has neither a result nor an error");
        }

        var number = message.TryGetProperty("id", out var sent) && sent.ValueKind == JsonValueKind.Number && sent.TryGetInt64(out var value) ? value : (long?)null;
        return number == id
            ? new Reply(message, hasResult ? result : null, hasError ? ReplyError.Read(error) : null)
            : throw new InvalidDataException($"the answer is not that of the request with the id {id}");
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> text)
    {
        try
        {
            // Also what is no text at all must not be taken for one.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(text.Span);
            return JsonDocument.Parse(text).RootElement;
        }
        catch (Exception e) when (e is JsonException or DecoderFallbackException)
        {
            throw new InvalidDataException($"the answer is no JSON: {e.Message}", e);
        }
    }
}

/// <summary>The error object of a response.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Name">What <c>data.name</c> says; null when it has none.</param>
/// <param name="Data">Its data; undefined when it has none.</param>
internal sealed record ReplyError(long Code, string? Name, JsonElement Data)
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It has no code that is an integer.</exception>
    public static ReplyError Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object || !error.TryGetProperty("code", out var code)
            || code.ValueKind != JsonValueKind.Number || !code.TryGetInt64(out var number))
        {
            throw new InvalidDataException("the error of the answer has no code that is an integer");
        }

        var data = error.TryGetProperty("data", out var value) ? value : default;
        return new ReplyError(number, FindText(data, "name"), data);
    }

    /// <summary>A member of the data that is a string; null when there is none.</summary>
    public string? FindText(string name) => FindText(Data, name);

    /// <inheritdoc/>
    public override string ToString() => Name is null ? $"{Code} without a data.name" : $"{Name} ({Code})";

    private static string? FindText(JsonElement data, string name) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
