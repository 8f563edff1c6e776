using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using RpcStore.CodeGen.Patterns;
using RpcStore.Contract.Parameters;
using Xunit;

namespace RpcStore.Tests.Contract;

/// <summary>Patterns as code, and as the generator's own check, against the regular expressions of the framework.</summary>
public sealed class PatternTests
{
    public static TheoryData<string, string> SamplePatterns { get; } = ReadSamplePatterns();

    [Theory]
    [MemberData(nameof(SamplePatterns))]
    public void Generated_code_and_the_framework_agree_on_random_texts(string parameter, string pattern)
    {
        var method = typeof(Sample.Patterns).GetMethod($"IsSampleMatch{parameter.ToUpperInvariant()}")!;
        var generated = method.CreateDelegate<PatternTest>();
        var interpreted = PatternParser.Parse(pattern);
        // In .NET $ also stands before a last line feed; in JSON Schema it is the end.
        var regex = new Regex(pattern[..^1] + @"\z", RegexOptions.ECMAScript | RegexOptions.CultureInvariant);
        var random = new Random(pattern.Length);
        var matches = 0;
        for (var i = 0; i < 4000; i++)
        {
            var text = Mutate(random, MakeMatching(random, interpreted));
            var expected = regex.IsMatch(text);
            matches += expected ? 1 : 0;
            Assert.True(generated(text) == expected, $"{pattern} and \"{text}\": the framework says {expected}");
            Assert.True(interpreted.Matches(text) == expected, $"{pattern} and \"{text}\": the framework says {expected}");
        }

        Assert.True(matches is > 0 and < 4000, "the texts should be of both kinds");
    }

    [Theory]
    [InlineData("^a*a$")]
    [InlineData("^[a-z]*x$")]
    [InlineData("^(ab)?abc$")]
    [InlineData("^(ab)*ab$")]
    [InlineData("^a{1,3}[ab]{2}$")]
    [InlineData("^a?b?[ab]$")]
    [InlineData("^(a[bc])?[ab][cd]$")]
    [InlineData("^a{0,2}b*a$")]
    public void A_repeat_whose_end_cannot_be_told_is_refused(string pattern) =>
        Assert.Contains("cannot be told", Assert.Throws<FormatException>(() => PatternParser.Parse(pattern)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("^")]
    [InlineData("abc")]
    [InlineData("^a$b")]
    [InlineData("^a|b$")]
    [InlineData("^a**$")]
    [InlineData("^*$")]
    [InlineData("^[]$")]
    [InlineData("^[z-a]$")]
    [InlineData("^[^a]$")]
    [InlineData("^[a$")]
    [InlineData("^()$")]
    [InlineData("^(a$")]
    [InlineData("^(a+)$")]
    [InlineData("^a{$")]
    [InlineData("^a{x}$")]
    [InlineData("^a{3,2}$")]
    [InlineData("^a{1,2,3}$")]
    [InlineData("^a{99999999999}$")]
    [InlineData("^\\d$")]
    [InlineData("^\\")]
    [InlineData("^é$")]
    [InlineData("^.$")]
    public void What_is_not_of_the_supported_kind_is_refused(string pattern) =>
        Assert.Throws<FormatException>(() => PatternParser.Parse(pattern));

    [Fact]
    public void Random_patterns_are_refused_or_agree_with_the_framework()
    {
        const string Alphabet = "ab[]-(){}?*+,12^$";
        var random = new Random(7);
        var understood = 0;
        for (var i = 0; i < 30_000; i++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(8)).Select(_ => Alphabet[random.Next(Alphabet.Length)]));
            if (TryParse($"^{body}$") is not { } pattern)
            {
                continue;
            }

            understood++;
            var regex = new Regex($@"^{body}\z", RegexOptions.ECMAScript);
            for (var texts = 0; texts < 5; texts++)
            {
                var text = Mutate(random, MakeMatching(random, pattern));
                Assert.True(pattern.Matches(text) == regex.IsMatch(text), $"{pattern.Text} and \"{text}\"");
            }
        }

        Assert.True(understood > 1000, $"only {understood} random patterns were understood");
    }

    private static Pattern? TryParse(string text)
    {
        try
        {
            return PatternParser.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static string MakeMatching(Random random, Pattern pattern) => string.Concat(pattern.Items.SelectMany(item =>
        Enumerable.Range(0, random.Next(item.Minimum, (int)Math.Min(item.Maximum, item.Minimum + 3L) + 1))
            .SelectMany(_ => item.Unit)
            .Select(set => set.Ranges[random.Next(set.Ranges.Length)])
            .Select(range => (char)random.Next(range.First, range.Last + 1))));

    private static string Mutate(Random random, string text) => random.Next(5) switch
    {
        0 => text.Insert(random.Next(text.Length + 1), ((char)random.Next(32, 127)).ToString()),
        1 when text.Length > 0 => text.Remove(random.Next(text.Length), 1),
        2 when text.Length > 0 => text + text[random.Next(text.Length)],
        3 when random.Next(4) == 0 => text + "\n",
        _ => text,
    };

    private static TheoryData<string, string> ReadSamplePatterns()
    {
        var sample = JsonNode.Parse(File.ReadAllText(Path.Combine(ContractFiles.Repository, ContractFiles.SampleFolder, "sample.json")))!;
        var data = new TheoryData<string, string>();
        foreach (var parameter in sample["methods"]![1]!["params"]!.AsArray())
        {
            data.Add((string)parameter!["name"]!, (string)parameter["schema"]!["pattern"]!);
        }

        return data;
    }
}
