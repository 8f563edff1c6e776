using System.Text.Json;

namespace RpcStore.JsonRpc;

/// <summary>
/// The token that ties <c>$/progress</c> notifications to a call: chosen by the caller, a string or an integer (Language
/// Server Protocol, section "Progress Support").
/// </summary>
public readonly record struct ProgressToken
{
    private readonly string? text;
    private readonly long number;

    /// <summary>A token that is a string.</summary>
    public ProgressToken(string text) => this.text = text;

    /// <summary>A token that is an integer.</summary>
    public ProgressToken(long number) => this.number = number;

    /// <summary>Writes it as the JSON value that it came as.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        if (text is null)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(text);
        }
    }

    /// <summary>Reads the value that <paramref name="reader"/> stands on.</summary>
    /// <returns>False when it is neither a string nor an integer.</returns>
    public static bool TryRead(ref Utf8JsonReader reader, out ProgressToken token)
    {
        token = default;
        if (reader.TokenType == JsonTokenType.String)
        {
            token = new ProgressToken(reader.GetString()!);
            return true;
        }

        if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
        {
            token = new ProgressToken(number);
            return true;
        }

        return false;
    }

    /// <inheritdoc/>
    public override string ToString() => text ?? number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
