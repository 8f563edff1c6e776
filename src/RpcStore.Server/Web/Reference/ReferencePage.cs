using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using RpcStore.Contract;

namespace RpcStore.Server.Web.Reference;

/// <summary>
/// The contract as a page for people, whole in memory: what the generator makes of it, inside a page whose style and script
/// are part of it, so that nothing else has to be loaded and the policy names both by their hashes.
/// </summary>
internal sealed class ReferencePage
{
    private const string Folder = "RpcStore.Server.Reference/";

    // In the order in which one may use what stands in another: together they are one module.
    private static readonly string[] Scripts = ["dom", "json", "calls", "key", "session", "search", "snippets", "trial", "start"];

    private ReferencePage(string html, string policy)
    {
        Plain = Encoding.UTF8.GetBytes(html);
        Policy = policy;
        Gzip = Compress(Plain, static (output) => new GZipStream(output, CompressionLevel.Optimal));
        Brotli = Compress(Plain, static (output) => new BrotliStream(output, CompressionLevel.Optimal));
        Tag = Convert.ToHexStringLower(SHA256.HashData(Plain).AsSpan(0, 16));
    }

    /// <summary>The page, which is put together when it is first asked for.</summary>
    public static Lazy<ReferencePage> Instance { get; } = new(Create);

    /// <summary>The page in UTF-8.</summary>
    public byte[] Plain { get; }

    /// <summary>The same, by gzip.</summary>
    public byte[] Gzip { get; }

    /// <summary>The same, by brotli.</summary>
    public byte[] Brotli { get; }

    /// <summary>Names the content, without quotes.</summary>
    public string Tag { get; }

    /// <summary>
    /// What the page may do: run its own script, look as it does, and call the server that it came from. Text never becomes
    /// markup, and nobody shows it inside another page.
    /// </summary>
    public string Policy { get; }

    private static ReferencePage Create()
    {
        var style = Read("page.css");
        var script = string.Join('\n', Scripts.Select(name => Read($"Script/{name}.js")));
        var html = Fill(Read("page.html"), new()
        {
            ["version"] = ContractInfo.Version,
            ["style"] = style,
            ["script"] = script,
            ["navigation"] = Read("Generated/navigation.html"),
            ["content"] = Read("Generated/content.html"),
        });
        return new ReferencePage(
            html,
            $"default-src 'none'; script-src '{Hash(script)}'; style-src '{Hash(style)}'; img-src data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'");
    }

    /// <summary>Puts texts in the place of their names, <c>{{name}}</c>; what a text itself holds is left alone.</summary>
    private static string Fill(string template, Dictionary<string, string> texts)
    {
        var html = new StringBuilder();
        var parts = template.Split("{{");
        html.Append(parts[0]);
        foreach (var part in parts[1..])
        {
            var end = part.IndexOf("}}", StringComparison.Ordinal);
            html.Append(texts[part[..end]]).Append(part, end + 2, part.Length - end - 2);
        }

        return html.ToString();
    }

    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static byte[] Compress(byte[] bytes, Func<Stream, Stream> compressor)
    {
        using var output = new MemoryStream();
        using (var stream = compressor(output))
        {
            stream.Write(bytes);
        }

        return output.ToArray();
    }

    private static string Read(string name)
    {
        using var resource = typeof(ReferencePage).Assembly.GetManifestResourceStream(Folder + name)
            ?? throw new InvalidOperationException($"The assembly was built without {name} of the reference.");
        using var reader = new StreamReader(resource, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
