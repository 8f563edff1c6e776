using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RpcStore.CodeGen;
using RpcStore.CodeGen.Reading;
using RpcStore.CodeGen.Reference;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>What the generator writes for people.</summary>
public sealed partial class ReferenceTests
{
    private static readonly Lazy<IReadOnlyDictionary<string, string>> Made = new(() => Generator.Generate(ContractFiles.Load()));

    [Fact]
    public void Every_link_of_the_reference_leads_to_one_heading()
    {
        var page = Made.Value["spec/reference.md"];
        var anchors = Headings().Matches(page).Select(match => MarkdownStyle.Anchor(match.Groups[1].Value)).ToArray();

        Assert.Equal(anchors.Distinct(), anchors);
        Assert.All(Links().Matches(page).Select(match => match.Groups[1].Value).Distinct(), anchor => Assert.Contains(anchor, anchors));
    }

    [Fact]
    public void Every_file_that_the_reference_names_is_there() =>
        Assert.All(FileLinks().Matches(Made.Value["spec/reference.md"]).Select(match => match.Groups[1].Value).Distinct(), path =>
            Assert.True(File.Exists(Path.Combine(ContractFiles.Repository, "spec", path)), path));

    [Fact]
    public void Every_method_is_shown_in_five_languages_with_its_answer()
    {
        var page = Made.Value["spec/reference.md"];
        foreach (var method in ContractReader.Read(ContractFiles.Load()).Methods)
        {
            var section = page[page.IndexOf($"\n### {method.Name}\n", StringComparison.Ordinal)..];
            section = section[..section.IndexOf("\n#", 1, StringComparison.Ordinal)];
            var fences = Fences().Matches(section).Select(match => match.Groups[1].Value).ToArray();
            Assert.Equal(["sh", "sh", "csharp", "typescript", "rust", "json"], fences[..6]);
            Assert.Equal(0, fences.Length % 6);
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's 'quoted'''")]
    [InlineData("$HOME `id` \"x\" \\ ! * \n two lines\t{}")]
    [InlineData("-n")]
    [InlineData("ü 🦀 </script>")]
    public async Task A_word_of_shell_is_what_it_was(string text)
    {
        var parameters = new JsonObject { ["text"] = text };
        var line = ShellExample.Command("sample.echo", parameters);
        var start = new ProcessStartInfo("sh", ["-c", "rpcstore() { printf '%s' \"$3\"; }\n" + line]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(0, process.ExitCode);
        Assert.True(JsonNode.DeepEquals(parameters, JsonNode.Parse(output)), output);
    }

    [Theory]
    [InlineData("a|b", "a\\|b")]
    [InlineData("*a_b* <c> [d]", "\\*a\\_b\\* \\<c> \\[d\\]")]
    [InlineData("one `of|two` x", "one `of\\|two` x")]
    public void Text_means_itself_in_Markdown(string text, string expected) => Assert.Equal(expected, MarkdownStyle.Instance.Text(text));

    [Theory]
    [InlineData("<b>`</code>` & \"c\"", "&lt;b&gt;<code>&lt;/code&gt;</code> &amp; &quot;c&quot;")]
    public void Text_means_itself_in_HTML(string text, string expected) => Assert.Equal(expected, HtmlStyle.Instance.Text(text));

    /// <summary>The sample uses everything that a contract may have.</summary>
    [Fact]
    public void Constraints_are_told_in_words()
    {
        var page = HtmlWriter.WriteContent(ContractReader.Read(ContractFiles.LoadSample()));

        Assert.Contains("string</a> of 2 to 5 characters", page, StringComparison.Ordinal);
        Assert.Contains("string</a> like <code>^(ab)?[0-9]{2,4}x*$</code>", page, StringComparison.Ordinal);
        Assert.Contains("integer</a> from -5 to 5", page, StringComparison.Ordinal);
        Assert.Contains("array of 1 to 3 <a href=\"#values\">string</a> of at most 3 characters", page, StringComparison.Ordinal);
        Assert.Contains("default <code>true</code>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;angles&gt; &amp; ampersands", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_of_parameter_is_written_in_every_language()
    {
        var method = ContractReader.Read(ContractFiles.LoadSample()).Methods.Single(method => method.Name == "sample.echo");
        var example = method.Examples[0] with
        {
            Parameters = JsonNode.Parse(
                """
                {"text": "a\"\n\\b", "when": "2026-11-21T09:00:00Z", "data": "aGVsbG8=", "extra": "AAE=", "count": -5, "id": "ID", "any": 9007199254740993,
                 "flag": false, "color": "dark-red", "words": ["a", "b"], "ids": ["ID"], "order": {"lines": []}, "progress": "p"}
                """.Replace("ID", new string('0', 64), StringComparison.Ordinal))!.AsObject(),
        };
        var written = Snippets.Of(method, example).ToDictionary(snippet => snippet.Key, snippet => snippet.Text);

        AssertAll(
            written["csharp"],
            "string[] words = [\"a\", \"b\"];", "var progress = new Progress<", "\"a\\\"\\n\\\\b\"", "\"hello\"u8.ToArray()", "extra: Convert.FromBase64String(\"AAE=\")",
            "any: 9_007_199_254_740_993", "flag: false", "color: Color.DarkRed", "order: new Order {", "DateTimeOffset.Parse(\"2026-11-21T09:00:00Z\", CultureInfo.InvariantCulture)");
        AssertAll(
            written["typescript"],
            "const words = [\"a\", \"b\"];", "'a\"\\n\\\\b'", "new TextEncoder().encode(\"hello\")", "any: 9007199254740993n", "color: \"dark-red\"", "onProgress: (value) =>");
        AssertAll(
            written["rust"],
            "let words: [String; 2] = [\"a\".into(), \"b\".into()];", "\"a\\\"\\n\\\\b\"", ".any(9007199254740993)", ".color(Color::DarkRed)", ".progress(|value| println!(\"{value:?}\"))", "let when: Timestamp =");
    }

    private static void AssertAll(string text, params IEnumerable<string> parts) =>
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));

    [GeneratedRegex("^#+ (.+)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"\]\(#([^)]*)\)")]
    private static partial Regex Links();

    [GeneratedRegex(@"\]\(([^#)][^)]*)\)")]
    private static partial Regex FileLinks();

    [GeneratedRegex("^```([a-z]+)$", RegexOptions.Multiline)]
    private static partial Regex Fences();
}
