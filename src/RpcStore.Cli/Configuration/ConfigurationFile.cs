using System.Text;
using System.Text.Json;

namespace RpcStore.Cli.Configuration;

/// <summary>
/// A configuration file: one JSON object with a member for each setting. Comments (<c>//</c> and <c>/* */</c>) and a comma
/// after the last member are allowed.
/// </summary>
internal static class ConfigurationFile
{
    // A file that names every setting is a few KB.
    private const int MaxBytes = 1 << 20;

    /// <summary>Reads the members of a file, in their order.</summary>
    /// <exception cref="FormatException">It is no such file; the message names it and the line.</exception>
    public static IReadOnlyList<FileEntry> Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = ReadAll(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FormatException($"the configuration file {path} cannot be read: {e.Message}", e);
        }

        try
        {
            return Parse(path, bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(Encoding.UTF8.Preamble.Length) : bytes);
        }
        catch (JsonException e)
        {
            // The library's own words end with the place, which is told first here.
            var reason = e.Message.Split(" LineNumber:")[0];
            throw new FormatException($"{path}:{e.LineNumber + 1}: not JSON: {reason}", e);
        }
    }

    private static byte[] ReadAll(string path)
    {
        using var stream = File.OpenRead(path);
        var buffer = new byte[MaxBytes + 1];
        var count = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        return count <= MaxBytes ? buffer[..count] : throw new IOException($"it is larger than {MaxBytes >> 20} MiB.");
    }

    private static List<FileEntry> Parse(string path, ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text, new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var entries = new List<FileEntry>();
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw Wrong(path, text, reader, "a configuration is one JSON object: { \"log-level\": \"info\" }");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (name, line) = (reader.GetString()!, LineOf(text, reader));
            reader.Read();
            entries.Add(new FileEntry(name, ReadValues(path, text, ref reader, name), line));
        }

        // Whatever follows the object is an error of the reader.
        reader.Read();
        return entries;
    }

    private static List<string> ReadValues(string path, ReadOnlySpan<byte> text, ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return [ReadValue(path, text, reader, name)];
        }

        var values = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            values.Add(ReadValue(path, text, reader, name));
        }

        return values;
    }

    private static string ReadValue(string path, ReadOnlySpan<byte> text, in Utf8JsonReader reader, string name) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString()!,
        JsonTokenType.Number => Encoding.UTF8.GetString(reader.ValueSpan),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Null => throw Wrong(path, text, reader, $"{name} is null; leave it out for its default"),
        _ => throw Wrong(path, text, reader, $"{name} is no single value; settings are not nested: write \"{name}-…\": …"),
    };

    private static FormatException Wrong(string path, ReadOnlySpan<byte> text, in Utf8JsonReader reader, string reason) =>
        new($"{path}:{LineOf(text, reader)}: {reason}");

    private static int LineOf(ReadOnlySpan<byte> text, in Utf8JsonReader reader) =>
        text[..(int)reader.TokenStartIndex].Count((byte)'\n') + 1;
}

/// <summary>A member of a configuration file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Texts">Its values: one, or those of an array.</param>
/// <param name="Line">The line that it is on, from 1.</param>
internal sealed record FileEntry(string Name, IReadOnlyList<string> Texts, int Line);
