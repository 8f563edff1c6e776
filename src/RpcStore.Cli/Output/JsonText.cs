using System.Text.Encodings.Web;
using System.Text.Json;

namespace RpcStore.Cli.Output;

/// <summary>Prints JSON that came from elsewhere.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        NewLine = "\n",

        // For eyes, not for a web page: letters of other scripts stay as they are. Control characters are escaped all the same.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a value and the end of a line: in one line as it came, or laid out for a person.</summary>
    public static void Write(TextWriter output, JsonElement value, bool isIndented)
    {
        if (!isIndented)
        {
            output.Write(value.GetRawText() + "\n");
            return;
        }

        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
        {
            value.WriteTo(writer);
        }

        output.Write(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n");
    }
}
